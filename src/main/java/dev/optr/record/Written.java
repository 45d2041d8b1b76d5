package dev.optr.record;

import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.PrettyJson;
import dev.optr.base.Redactor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a document is what would be written of the values that were read from it. So nothing in
 * it is unknown, contradicts the rest, or gets lost.
 */
final class Written {
  /** What was stored is redacted already and is written as it is. */
  static final Prose PROSE = new Prose(new Redactor(List.of()));

  static final Withholding WITHHOLDING = new Withholding(new Redactor(List.of()));

  private Written() {}

  /** The whole document, byte for byte. */
  static void check(JsonObject expected, JsonObject found, Bytes bytes) throws JsonException {
    check("", expected, found);
    if (!Bytes.of(PrettyJson.bytes(expected)).equals(bytes)) {
      throw new JsonException("its white space, escapes or numbers are not as they are written");
    }
  }

  /** A part of a document. */
  static void check(String place, Json expected, Json found) throws JsonException {
    switch (expected) {
      case JsonObject wanted when found instanceof JsonObject object ->
          checkMembers(place, wanted, object);
      case Json.Array(List<Json> wanted)
          when found instanceof Json.Array(List<Json> elements)
              && wanted.size() == elements.size() -> {
        for (int i = 0; i < wanted.size(); i++) {
          check(place + "[" + i + "]", wanted.get(i), elements.get(i));
        }
      }
      case Json.Decimal(BigDecimal wanted)
          when found instanceof Json.Decimal(BigDecimal number)
              && wanted.compareTo(number) == 0 -> {}
      default -> {
        if (!expected.equals(found)) {
          throw new JsonException(
              place + ": expected " + Found.of(expected) + ", found " + Found.of(found));
        }
      }
    }
  }

  private static void checkMembers(String place, JsonObject wanted, JsonObject found)
      throws JsonException {
    String prefix = place.isEmpty() ? "" : place + ".";
    for (String name : found.members().keySet()) {
      if (wanted.get(name) == null) {
        throw new JsonException(prefix + Found.printable(name) + ": is not known");
      }
    }
    for (String name : wanted.members().keySet()) {
      Json value = Fields.of(found).member(name);
      check(prefix + name, wanted.members().get(name), value);
    }
    if (!names(wanted).equals(names(found))) {
      throw new JsonException(
          (place.isEmpty() ? "" : place + ": ") + "its members are not in their order");
    }
  }

  private static List<String> names(JsonObject object) {
    return new ArrayList<>(object.members().keySet());
  }
}
