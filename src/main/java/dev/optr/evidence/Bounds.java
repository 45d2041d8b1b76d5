package dev.optr.evidence;

import dev.optr.datalake.Candidate;
import dev.optr.workflow.Workflow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bounds of the workflow file: what exceeds one, or cannot be measured against it. */
record Bounds(Workflow.Bounds limits) {
  List<WhyNot> exceededBy(Candidate candidate) {
    List<WhyNot> found = new ArrayList<>();
    if (limits.usd() != null) {
      found.addAll(cost(limits.usd(), price(candidate)));
    }
    if (limits.risk() != null) {
      found.add(notMeasured("bounds.risk", "risk"));
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

  /** What the lane cost; its budget where that is not known. */
  private static @Nullable BigDecimal price(Candidate candidate) {
    BigDecimal usd = candidate.answer().exchange().usage().usd();
    return usd == null ? candidate.lane().budget().usd() : usd;
  }

  private static WhyNot notMeasured(String rule, String what) {
    return new WhyNot(
        WhyNot.Code.MISSING_CANON_PREREQS,
        rule,
        "a bound is set, but the " + what + " of this path is not known",
        "");
  }
}
