package dev.optr.agents;

import dev.optr.base.CanonicalJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** JSON that reads back as the very same value: members in order, numbers with their scale. */
final class ExactJson {
  private ExactJson() {}

  static String text(Json value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(Json value, StringBuilder out) {
    switch (value) {
      case JsonObject(Map<String, Json> members) -> writeObject(members, out);
      case Json.Array(List<Json> elements) -> writeArray(elements, out);
      case Json.Text text -> out.append(CanonicalJson.text(text));
      case Json.Decimal(BigDecimal number) -> out.append(number);
      case Json.Bool(boolean bool) -> out.append(bool);
      case Json.Null _ -> out.append("null");
    }
  }

  private static void writeObject(Map<String, Json> members, StringBuilder out) {
    String separator = "{";
    for (Map.Entry<String, Json> member : members.entrySet()) {
      out.append(separator).append(CanonicalJson.text(Json.text(member.getKey()))).append(':');
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
