package dev.optr.record;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.Redactor;
import dev.optr.evidence.SecretPatterns;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes foreign text fit to be committed: our credentials out of it, and well-formed Unicode. */
final class Prose {
  // Far beyond any real number of a transcript; a number with a huge exponent would be written out.
  private static final int DIGITS = 400;

  private final Redactor redactor;

  Prose(Redactor redactor) {
    this.redactor = redactor;
  }

  String clean(String text) {
    return redactor.redact(wellFormed(text));
  }

  Json text(@Nullable String text) {
    return text == null ? Json.NULL : Json.text(clean(text));
  }

  Json texts(List<String> texts) {
    return Json.texts(texts.stream().map(this::clean).toList());
  }

  /**
   * A transcript's message, with every text and every member name cleaned: foreign credentials are
   * taken out as well, whoever wrote them.
   */
  JsonObject message(JsonObject message) {
    return clean(message, text -> SecretPatterns.redact(clean(text)));
  }

  private static Json clean(Json value, UnaryOperator<String> cleaning) {
    return switch (value) {
      case JsonObject object -> clean(object, cleaning);
      case Json.Array(List<Json> elements) ->
          Json.array(elements.stream().map(element -> clean(element, cleaning)).toList());
      case Json.Text(String text) -> Json.text(cleaning.apply(text));
      case Json.Decimal(BigDecimal number) ->
          isPlain(number) ? value : Json.text(number.toString());
      case Json.Bool _, Json.Null _ -> value;
    };
  }

  private static JsonObject clean(JsonObject object, UnaryOperator<String> cleaning) {
    Map<String, Json> members = new LinkedHashMap<>();
    object
        .members()
        .forEach((name, value) -> members.put(cleaning.apply(name), clean(value, cleaning)));
    return new JsonObject(members);
  }

  /** True for a number that can be written out and read as a double. */
  static boolean isPlain(BigDecimal number) {
    return Math.abs((long) number.scale()) < DIGITS && Double.isFinite(number.doubleValue());
  }

  /** JSON has no lone surrogates (RFC 7493, section 2.1); one becomes U+FFFD. */
  static String wellFormed(String text) {
    return text.codePoints()
        .map(point -> Character.getType(point) == Character.SURROGATE ? 0xFFFD : point)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
