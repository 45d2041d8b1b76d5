package dev.optr.evidence;

import dev.optr.workflow.Workflow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The bounds of the workflow file: what exceeds one, or cannot be measured against it. */
record Bounds(Workflow.Bounds limits) {
  /**
   * @param facts empty where the changes gave no tree, which is reason enough by itself
   */
  List<WhyNot> exceededBy(Optional<Facts> facts) {
    return facts.map(this::exceededBy).orElse(List.of());
  }

  private List<WhyNot> exceededBy(Facts facts) {
    List<WhyNot> found = new ArrayList<>();
    if (limits.usd() != null) {
      found.addAll(cost(limits.usd(), facts.price()));
    }
    if (limits.risk() != null) {
      found.addAll(risk(limits.risk(), facts.risk()));
    }
    if (limits.probability() != null) {
      found.add(notMeasured("bounds.probability", "probability of success"));
    }
    return found;
  }

  private static List<WhyNot> cost(BigDecimal limit, @Nullable BigDecimal usd) {
    if (usd == null) {
      return List.of(notMeasured("bounds.usd", "cost"));
    }
    return usd.compareTo(limit) <= 0
        ? List.of()
        : List.of(
            new WhyNot(
                WhyNot.Code.COST_BOUND_EXCEEDED,
                "bounds.usd",
                "the path cost more than " + limit.toPlainString() + " USD",
                usd.toPlainString() + " USD"));
  }

  private static List<WhyNot> risk(BigDecimal limit, Risk risk) {
    return BigDecimal.valueOf(risk.score()).compareTo(limit) <= 0
        ? List.of()
        : List.of(
            new WhyNot(
                WhyNot.Code.RISK_BOUND_EXCEEDED,
                "bounds.risk",
                "the risk of the path is " + risk.score() + ", above " + limit.toPlainString(),
                risk.features().stream().map(Risk.Feature::id).collect(Collectors.joining(", "))));
  }

  private static WhyNot notMeasured(String rule, String what) {
    return new WhyNot(
        WhyNot.Code.MISSING_CANON_PREREQS,
        rule,
        "a bound is set, but the " + what + " of this path is not known",
        "");
  }
}
