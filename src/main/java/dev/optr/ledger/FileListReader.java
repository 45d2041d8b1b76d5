package dev.optr.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Json;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Reads lists of recorded files: sorted by path bytes, paths that stay in the repository. */
final class FileListReader {
  static final Comparator<RecordedFile> BY_PATH_BYTES =
      (one, other) ->
          Arrays.compareUnsigned(one.path().getBytes(UTF_8), other.path().getBytes(UTF_8));

  private static final Set<String> MODES = Set.of("100644", "100755");

  private FileListReader() {}

  static List<RecordedFile> read(Members body, String name) throws ProfileException {
    List<RecordedFile> files = body.list(name, FileListReader::file);
    for (int i = 1; i < files.size(); i++) {
      if (BY_PATH_BYTES.compare(files.get(i - 1), files.get(i)) >= 0) {
        throw body.unexpected(name, "not sorted by path, or names one twice");
      }
    }
    return files;
  }

  private static RecordedFile file(String where, Json json) throws ProfileException {
    Members file = Members.of(where, json, Set.of("path", "mode", "sha256", "size"));
    String path = file.text("path");
    for (String segment : path.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        throw file.unexpected("path", "no plain relative path: '" + path + "'");
      }
    }
    return new RecordedFile(
        path,
        file.oneOf("mode", MODES),
        file.digest("sha256"),
        file.integer("size", 0, Members.MAX_INTEGER));
  }
}
