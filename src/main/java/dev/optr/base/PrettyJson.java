package dev.optr.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * JSON for people and git: members in their given order, two-space indent, LF, a final LF; numbers
 * as plain decimals without exponent or trailing zeros.
 */
public final class PrettyJson {
  private static final int LARGEST_SCALE = 1_000;

  private PrettyJson() {}

  public static byte[] bytes(Json value) {
    return text(value).getBytes(UTF_8);
  }

  public static String text(Json value) {
    StringBuilder out = new StringBuilder();
    write(value, "\n", out);
    return out.append('\n').toString();
  }

  private static void write(Json value, String lineBreak, StringBuilder out) {
    switch (value) {
      case JsonObject(Map<String, Json> members) -> writeObject(members, lineBreak, out);
      case Json.Array(List<Json> elements) -> writeArray(elements, lineBreak, out);
      case Json.Text(String text) -> JsonText.quote(text, out);
      case Json.Decimal(BigDecimal number) -> out.append(plain(number));
      case Json.Bool(boolean bool) -> out.append(bool);
      case Json.Null _ -> out.append("null");
    }
  }

  private static String plain(BigDecimal number) {
    if (Math.abs((long) number.scale()) > LARGEST_SCALE) {
      // Written out in digits it could fill the memory; whoever reads foreign numbers bounds them.
      throw new IllegalArgumentException("a number with a scale of " + number.scale());
    }
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static void writeObject(Map<String, Json> members, String lineBreak, StringBuilder out) {
    String inner = lineBreak + "  ";
    String separator = "{";
    for (Map.Entry<String, Json> member : members.entrySet()) {
      out.append(separator).append(inner);
      JsonText.quote(member.getKey(), out);
      out.append(": ");
      write(member.getValue(), inner, out);
      separator = ",";
    }
    out.append(members.isEmpty() ? "{}" : lineBreak + "}");
  }

  private static void writeArray(List<Json> elements, String lineBreak, StringBuilder out) {
    String inner = lineBreak + "  ";
    String separator = "[";
    for (Json element : elements) {
      out.append(separator).append(inner);
      write(element, inner, out);
      separator = ",";
    }
    out.append(elements.isEmpty() ? "[]" : lineBreak + "]");
  }
}
