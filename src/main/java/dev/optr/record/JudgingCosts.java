package dev.optr.record;

import dev.optr.base.JsonException;
import dev.optr.evidence.Check;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What all judging of one run took, while its documents are read. */
final class JudgingCosts {
  private static final BigDecimal MOST_USD = BigDecimal.valueOf(1_000_000);

  // Every check of a change tells the same price, which is that of all of them.
  private final Map<String, Optional<BigDecimal>> byAlias = new HashMap<>();

  /**
   * @throws JsonException where a price is none
   */
  void add(List<Check> checks) throws JsonException {
    for (Check check : checks) {
      if (check.evidence() instanceof Check.Review review) {
        byAlias.put(review.alias(), price(review.usd()));
      }
    }
  }

  /** Empty where nothing was judged, or a price is not known. */
  Optional<BigDecimal> usd() {
    return byAlias.isEmpty() || byAlias.containsValue(Optional.<BigDecimal>empty())
        ? Optional.empty()
        : Optional.of(
            byAlias.values().stream()
                .flatMap(Optional::stream)
                .reduce(BigDecimal.ZERO, BigDecimal::add));
  }

  private static Optional<BigDecimal> price(@Nullable BigDecimal usd) throws JsonException {
    if (usd != null && usd.compareTo(MOST_USD) > 0) {
      throw new JsonException("usd: expected what judging can take, found more than a million");
    }
    return Optional.ofNullable(usd);
  }
}
