package dev.optr.record;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What was seen of one quantity in earlier runs: milliseconds or USD.
 *
 * @param values the smallest first; empty where nothing was seen
 */
public record Seen(List<BigDecimal> values) {
  public static final Seen NOTHING = new Seen(List.of());

  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  public Seen {
    values = values.stream().sorted().toList();
  }

  public int count() {
    return values.size();
  }

  /** The one in the middle, or the mean of the two there. */
  public Optional<BigDecimal> median() {
    if (values.isEmpty()) {
      return Optional.empty();
    }
    BigDecimal upper = values.get(values.size() / 2);
    return Optional.of(
        values.size() % 2 == 1 ? upper : values.get(values.size() / 2 - 1).add(upper).divide(TWO));
  }

  public Optional<BigDecimal> largest() {
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
  }
}
