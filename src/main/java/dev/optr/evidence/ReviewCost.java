package dev.optr.evidence;

import dev.optr.agents.Judgement;
import dev.optr.agents.Judges.Asked;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What judging costs: a cost of the run, never of the path that is judged. */
public final class ReviewCost {
  private ReviewCost() {}

  /** Of one path; null where a price is not known. */
  static @Nullable BigDecimal usd(List<Asked> asked) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Judgement judgement :
        asked.stream()
            .flatMap(judge -> Stream.of(judge.constraintsFirst(), judge.changeFirst()))
            .toList()) {
      BigDecimal usd = judgement.exchange().usage().usd();
      if (usd == null) {
        return null;
      }
      sum = sum.add(usd);
    }
    return sum;
  }

  /**
   * Of all paths and the frozen commit, one element per change that was judged; empty elements are
   * prices that are not known.
   */
  public static List<Optional<BigDecimal>> of(List<Examined> examined, HeadExamined head) {
    Map<String, Optional<BigDecimal>> byAlias = new HashMap<>();
    Stream.concat(examined.stream().flatMap(path -> path.checks().stream()), head.checks().stream())
        .forEach(
            check -> {
              if (check.evidence() instanceof Check.Review review) {
                byAlias.put(review.alias(), Optional.ofNullable(review.usd()));
              }
            });
    return List.copyOf(byAlias.values());
  }
}
