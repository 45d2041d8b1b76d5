package dev.optr.workflow;

import dev.optr.workflow.YamlNode.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The shapes that values of the workflow file have. */
final class Shapes {
  // Longer numbers mean nothing here, and a huge exponent would blow up whoever prints it.
  private static final Pattern NUMBER = Pattern.compile("(0|[1-9][0-9]{0,8})(\\.[0-9]{1,6})?");
  private static final Pattern WHOLE = Pattern.compile("0|[1-9][0-9]{0,8}");
  private static final Pattern DURATION =
      Pattern.compile("[1-9][0-9]{0,4}s|[1-9][0-9]{0,3}m|[1-9][0-9]?h");

  static final Shape<String> TEXT =
      place ->
          text(place)
              .filter(text -> !text.isBlank())
              .or(() -> refuse(place, "text that is not blank"));

  static final Shape<Boolean> FLAG =
      place ->
          scalar(place, Kind.BOOL)
              .map(text -> text.equalsIgnoreCase("true"))
              .or(() -> refuse(place, "true or false"));

  static final Shape<Duration> DURATION_TEXT =
      place ->
          text(place)
              .filter(text -> DURATION.matcher(text).matches())
              .map(text -> Duration.parse("PT" + text.toUpperCase(Locale.ROOT)))
              .or(
                  () ->
                      refuse(
                          place,
                          "a whole number of seconds, minutes or hours such as '30s', '10m', '1h'"
                              + " (at most 99999s, 9999m, 99h)"));

  private Shapes() {}

  /** Text that a pattern matches as a whole. */
  static Shape<String> matching(Pattern pattern, String allowed) {
    return place ->
        text(place)
            .filter(text -> pattern.matcher(text).matches())
            .or(() -> refuse(place, allowed));
  }

  /** The same, for values that no message may repeat. */
  static Shape<String> matchingUnseen(Pattern pattern, String allowed) {
    return place -> {
      Optional<String> matched = text(place).filter(text -> pattern.matcher(text).matches());
      if (matched.isEmpty()) {
        place.reportUnseen(allowed);
      }
      return matched;
    };
  }

  /** One of some words. */
  static <T> Shape<T> oneOf(Map<String, T> words) {
    String allowed = list(words.keySet());
    return place -> {
      Optional<T> chosen = text(place).flatMap(text -> Optional.ofNullable(words.get(text)));
      if (chosen.isEmpty()) {
        place.report(allowed, words.keySet());
      }
      return chosen;
    };
  }

  /** A constant of an enum, written in lower case with dashes. */
  static <E extends Enum<E>> Shape<E> oneOf(Class<E> type) {
    Map<String, E> words = new LinkedHashMap<>();
    EnumSet.allOf(type).forEach(constant -> words.put(id(constant), constant));
    return oneOf(words);
  }

  /** As the file writes it. */
  static String id(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** One of some words, as text. */
  static Shape<String> word(List<String> words) {
    Map<String, String> same = new LinkedHashMap<>();
    words.forEach(word -> same.put(word, word));
    return oneOf(same);
  }

  /** A value that may be written as null, which is the same as leaving it out. */
  static <T> Shape<T> orNull(Shape<T> shape) {
    return place ->
        place.node() instanceof YamlNode.Scalar scalar && scalar.kind() == Kind.NULL
            ? Optional.empty()
            : shape.read(place);
  }

  /** A mapping whose keys are free. */
  static <T> Shape<Map<String, T>> mapOf(Shape<T> value, String members) {
    return place -> {
      if (!(place.node() instanceof YamlNode.Mapping mapping)) {
        return refuse(place, "a mapping of " + members);
      }
      Map<String, T> values = new LinkedHashMap<>();
      for (YamlNode.Entry entry : mapping.entries()) {
        value
            .read(new Place(place.path() + "." + entry.key(), entry.value(), place.findings()))
            .ifPresent(read -> values.put(entry.key(), read));
      }
      return Optional.of(values);
    };
  }

  static Shape<Integer> whole(int least, int most) {
    return place ->
        scalar(place, Kind.INTEGER)
            .filter(text -> WHOLE.matcher(text).matches())
            .map(Integer::valueOf)
            .filter(number -> least <= number && number <= most)
            .or(() -> refuse(place, "a whole number from " + least + " to " + most));
  }

  static Shape<BigDecimal> number(BigDecimal most) {
    return place ->
        scalar(place, Kind.INTEGER)
            .or(() -> scalar(place, Kind.DECIMAL))
            .filter(text -> NUMBER.matcher(text).matches())
            .map(BigDecimal::new)
            .filter(number -> number.compareTo(most) <= 0)
            .or(
                () ->
                    refuse(
                        place,
                        "a plain number from 0 to "
                            + most.toPlainString()
                            + " with at most 6 decimals"));
  }

  /** A list; what is wrong with an item is reported, and the item left out. */
  static <T> Shape<List<T>> listOf(Shape<T> item, String items) {
    return place -> {
      if (!(place.node() instanceof YamlNode.Sequence sequence)) {
        return refuse(place, "a list of " + items);
      }
      List<T> values = new ArrayList<>();
      for (int i = 0; i < sequence.items().size(); i++) {
        item.read(place.item(i, sequence.items().get(i))).ifPresent(values::add);
      }
      return Optional.of(List.copyOf(values));
    };
  }

  /** A list of some length. */
  static <T> Shape<List<T>> listOf(Shape<T> item, String items, int least, int most) {
    Shape<List<T>> list = listOf(item, items);
    return place -> {
      int size = place.node() instanceof YamlNode.Sequence sequence ? sequence.items().size() : -1;
      if (size >= 0 && (size < least || size > most)) {
        place.reportSize(size + " " + items, least + " to " + most);
      }
      return list.read(place);
    };
  }

  static Optional<String> text(Place place) {
    return scalar(place, Kind.TEXT);
  }

  static String list(Set<String> words) {
    return "'" + String.join("', '", words) + "'";
  }

  static <T> Optional<T> refuse(Place place, String allowed) {
    place.report(allowed);
    return Optional.empty();
  }

  private static Optional<String> scalar(Place place, Kind kind) {
    return place.node() instanceof YamlNode.Scalar scalar && scalar.kind() == kind
        ? Optional.of(scalar.text())
        : Optional.empty();
  }
}
