package dev.optr.selection;

import dev.optr.datalake.Candidate;
import dev.optr.evidence.Check;
import dev.optr.evidence.Examined;
import dev.optr.evidence.Facts;
import dev.optr.evidence.Risk;
import dev.optr.workflow.Workflow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The objective of docs/selection.md, {@code J = E[TTV] + wC * usd + wR * risk / 100}, in hours.
 * Probability and rework are not measured yet and left out for all candidates.
 *
 * @param costMeasured every admissible candidate has a price, so that the cost term may count
 */
record Objective(Parameters parameters, Workflow.Weights weights, boolean costMeasured) {
  private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);
  private static final long MILLIS_PER_SECOND = 1000;

  static Objective of(Parameters parameters, Workflow.Weights weights, List<Examined> admissible) {
    boolean costMeasured = admissible.stream().allMatch(examined -> price(examined) != null);
    return new Objective(parameters, weights, costMeasured);
  }

  Score score(Examined examined) {
    long verifySeconds = verifySeconds(examined.checks());
    long reviewSeconds = Math.multiplyExact(changedLines(examined), parameters.reviewSeconds());
    BigDecimal verifyHours = hours(verifySeconds);
    BigDecimal reviewHours = hours(reviewSeconds);
    BigDecimal expectedTtvHours = verifyHours.add(reviewHours);
    BigDecimal usd = costMeasured ? price(examined) : null;
    BigDecimal costHours = usd == null ? null : rounded(weights.cost().multiply(usd));
    BigDecimal riskHours = riskHours(facts(examined).risk());
    BigDecimal objective =
        rounded(
            expectedTtvHours.add(costHours == null ? BigDecimal.ZERO : costHours).add(riskHours));
    return new Score(
        verifyHours,
        reviewHours,
        null,
        expectedTtvHours,
        usd,
        costHours,
        riskHours,
        null,
        objective,
        Math.addExact(verifySeconds, reviewSeconds));
  }

  static int changedLines(Examined examined) {
    return facts(examined).diff().changedLines();
  }

  static long changedBytes(Examined examined) {
    return facts(examined).diff().changedBytes();
  }

  /** The tree of a candidate that is known to be admissible. */
  static String tree(Examined examined) {
    Candidate candidate = examined.candidate();
    if (candidate.tree() == null) {
      throw new IllegalArgumentException(candidate.agent() + " is admissible, but has no tree");
    }
    return candidate.tree();
  }

  private static Facts facts(Examined examined) {
    return examined
        .facts()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    examined.candidate().agent() + " is admissible, but has no diff"));
  }

  /** What the lane cost, or its budget where that is not known; null where there is neither. */
  private static @Nullable BigDecimal price(Examined examined) {
    BigDecimal usd = facts(examined).price();
    return usd == null ? null : usd.stripTrailingZeros();
  }

  private long verifySeconds(List<Check> checks) {
    List<Check> ran = checks.stream().filter(Check::ran).toList();
    if (ran.isEmpty()) {
      return 0;
    }
    long millis = ran.stream().mapToLong(Check::durationMs).reduce(0, Math::addExact);
    return parameters.nextVerifyStep(Math.ceilDiv(millis, MILLIS_PER_SECOND));
  }

  private BigDecimal riskHours(Risk risk) {
    BigDecimal share = BigDecimal.valueOf(risk.score()).divide(BigDecimal.valueOf(Risk.HIGHEST));
    return rounded(weights.risk().multiply(share));
  }

  private BigDecimal hours(long seconds) {
    return BigDecimal.valueOf(seconds)
        .divide(SECONDS_PER_HOUR, parameters.decimals(), RoundingMode.HALF_EVEN);
  }

  private BigDecimal rounded(BigDecimal value) {
    return value.setScale(parameters.decimals(), RoundingMode.HALF_EVEN);
  }
}
