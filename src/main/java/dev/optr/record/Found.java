package dev.optr.record;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.math.BigDecimal;
import java.util.List;

/** A stored value in a message: short, in one line, and without anything that hides or turns it. */
final class Found {
  private static final int LONGEST = 80;
  private static final int LONGEST_MESSAGE = 1000;

  private Found() {}

  static String of(Json value) {
    return switch (value) {
      case JsonObject _ -> "an object";
      case Json.Array(List<Json> elements) -> "a list of " + elements.size();
      case Json.Text(String text) -> "'" + printable(text) + "'";
      case Json.Decimal(BigDecimal number) -> printable(number.toString());
      case Json.Bool(boolean bool) -> String.valueOf(bool);
      case Json.Null _ -> "null";
    };
  }

  static String printable(String text) {
    return clipped(text, LONGEST);
  }

  /** A message that may quote foreign text. */
  static String oneLine(String message) {
    return clipped(message, LONGEST_MESSAGE);
  }

  private static String clipped(String text, int most) {
    StringBuilder out = new StringBuilder();
    text.codePoints().limit(most).forEach(point -> append(point, out));
    return text.codePointCount(0, text.length()) > most ? out + "..." : out.toString();
  }

  private static void append(int point, StringBuilder out) {
    switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          out.append(String.format("\\u{%x}", point));
      default -> out.appendCodePoint(point);
    }
  }
}
