package dev.optr.agents;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes what a provider sent fit to be stored: text that is no Unicode and numbers whose plain form
 * would fill the memory are replaced. For transcripts and prose, never for edits.
 */
public final class WellFormed {
  private static final int LONGEST_NUMBER = 100;

  private WellFormed() {}

  /** The object with U+FFFD for lone surrogates, and monstrous numbers as texts. */
  public static JsonObject object(JsonObject object) {
    Map<String, Json> members = new LinkedHashMap<>();
    object.members().forEach((name, value) -> members.put(text(name), json(value)));
    return new JsonObject(members);
  }

  /** The text with U+FFFD for lone surrogates. */
  public static String text(String text) {
    if (isText(text)) {
      return text;
    }
    StringBuilder repaired = new StringBuilder();
    text.codePoints()
        .map(point -> isSurrogate(point) ? 0xFFFD : point)
        .forEach(repaired::appendCodePoint);
    return repaired.toString();
  }

  /** True where every surrogate has its other half. */
  static boolean isText(String text) {
    return text.codePoints().noneMatch(WellFormed::isSurrogate);
  }

  private static boolean isSurrogate(int point) {
    return Character.MIN_SURROGATE <= point && point <= Character.MAX_SURROGATE;
  }

  private static Json json(Json value) {
    return switch (value) {
      case JsonObject object -> object(object);
      case Json.Array(List<Json> elements) ->
          Json.array(elements.stream().map(WellFormed::json).toList());
      case Json.Text(String text) -> Json.text(text(text));
      case Json.Decimal(BigDecimal number) ->
          number.precision() > LONGEST_NUMBER || Math.abs((long) number.scale()) > LONGEST_NUMBER
              ? Json.text(number.toString())
              : value;
      case Json.Bool _, Json.Null _ -> value;
    };
  }
}
