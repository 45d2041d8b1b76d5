package dev.optr.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The JSON Canonicalization Scheme (RFC 8785): one value, one sequence of bytes. */
public final class CanonicalJson {
  private CanonicalJson() {}

  /** The canonical UTF-8 bytes. Lone surrogates and numbers beyond IEEE 754 doubles are refused. */
  public static byte[] bytes(Json value) {
    return text(value).getBytes(UTF_8);
  }

  /** The canonical text. */
  public static String text(Json value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(Json value, StringBuilder out) {
    switch (value) {
      case JsonObject(Map<String, Json> members) -> writeObject(members, out);
      case Json.Array(List<Json> elements) -> writeArray(elements, out);
      case Json.Text(String text) -> JsonText.quote(text, out);
      case Json.Decimal(BigDecimal number) -> out.append(EcmaNumber.format(number.doubleValue()));
      case Json.Bool(boolean bool) -> out.append(bool);
      case Json.Null _ -> out.append("null");
    }
  }

  private static void writeObject(Map<String, Json> members, StringBuilder out) {
    // String.compareTo orders by UTF-16 code units, which is what RFC 8785, section 3.2.3 asks for.
    String separator = "{";
    for (Map.Entry<String, Json> member : new TreeMap<>(members).entrySet()) {
      out.append(separator);
      JsonText.quote(member.getKey(), out);
      out.append(':');
      write(member.getValue(), out);
      separator = ",";
    }
    out.append(members.isEmpty() ? "{}" : "}");
  }

  private static void writeArray(List<Json> elements, StringBuilder out) {
    String separator = "[";
    for (Json element : elements) {
      out.append(separator);
      write(element, out);
      separator = ",";
    }
    out.append(elements.isEmpty() ? "[]" : "]");
  }
}
