package dev.optr.record;

import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Documents by path, read as JSON that can be written again: well-formed text, and numbers that are
 * no trap.
 */
record StoredDocuments(Function<String, Optional<Bytes>> source) {
  // Messages of a transcript wrap what a provider sent, which may have 64 levels of its own.
  private static final JsonReader READER = JsonReader.withDepth(128);

  Bytes bytes(String path) throws JsonException {
    return source.apply(path).orElseThrow(() -> new JsonException("there is no such document"));
  }

  static JsonObject object(byte[] utf8) throws JsonException {
    if (READER.parse(utf8) instanceof JsonObject object) {
      check(object);
      return object;
    }
    throw new JsonException("expected a JSON object");
  }

  private static void check(Json value) throws JsonException {
    switch (value) {
      case JsonObject(Map<String, Json> members) -> {
        for (Map.Entry<String, Json> member : members.entrySet()) {
          checkText(member.getKey());
          check(member.getValue());
        }
      }
      case Json.Array(List<Json> elements) -> {
        for (Json element : elements) {
          check(element);
        }
      }
      case Json.Text(String text) -> checkText(text);
      case Json.Decimal(BigDecimal number) -> {
        if (!Prose.isPlain(number)) {
          throw new JsonException("expected plain numbers, found " + Found.of(value));
        }
      }
      case Json.Bool _, Json.Null _ -> {}
    }
  }

  private static void checkText(String text) throws JsonException {
    if (!Prose.wellFormed(text).equals(text)) {
      throw new JsonException("expected well-formed text, found '" + Found.printable(text) + "'");
    }
  }
}
