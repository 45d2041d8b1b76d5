package dev.optr.record;

import dev.optr.base.Bytes;
import dev.optr.base.JsonObject;
import dev.optr.base.PrettyJson;

/**
 * One file of the datalake.
 *
 * @param path from the repository's root, with slashes
 */
public record Document(String path, Bytes bytes) {
  static Document json(String path, JsonObject document) {
    return new Document(path, Bytes.of(PrettyJson.bytes(document)));
  }
}
