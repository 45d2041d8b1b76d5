package dev.optr.base;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** JSON on one line, without white space. */
public final class CompactJson {
  private static final CompactJson EXACT =
      new CompactJson(UnaryOperator.identity(), BigDecimal::toString);

  private final UnaryOperator<Map<String, Json>> order;
  private final Function<BigDecimal, String> numbers;

  /**
   * @param order the members of an object in the order in which they are written
   */
  CompactJson(UnaryOperator<Map<String, Json>> order, Function<BigDecimal, String> numbers) {
    this.order = order;
    this.numbers = numbers;
  }

  /**
   * Text that reads back as the very same value: members in their order, numbers with their scale.
   */
  public static String exact(Json value) {
    return EXACT.text(value);
  }

  String text(Json value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private void write(Json value, StringBuilder out) {
    switch (value) {
      case JsonObject(Map<String, Json> members) -> writeObject(members, out);
      case Json.Array(List<Json> elements) -> writeArray(elements, out);
      case Json.Text(String text) -> JsonText.quote(text, out);
      case Json.Decimal(BigDecimal number) -> out.append(numbers.apply(number));
      case Json.Bool(boolean bool) -> out.append(bool);
      case Json.Null _ -> out.append("null");
    }
  }

  private void writeObject(Map<String, Json> members, StringBuilder out) {
    String separator = "{";
    for (Map.Entry<String, Json> member : order.apply(members).entrySet()) {
      out.append(separator);
      JsonText.quote(member.getKey(), out);
      out.append(':');
      write(member.getValue(), out);
      separator = ",";
    }
    out.append(members.isEmpty() ? "{}" : "}");
  }

  private void writeArray(List<Json> elements, StringBuilder out) {
    String separator = "[";
    for (Json element : elements) {
      out.append(separator);
      write(element, out);
      separator = ",";
    }
    out.append(elements.isEmpty() ? "[]" : "]");
  }
}
