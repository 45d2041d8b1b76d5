package dev.optr.evidence;

import dev.optr.agents.Usage;
import dev.optr.datalake.Candidate;
import dev.optr.git.TreeDiff;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a path without running anything: the one record from which rules, bounds and the
 * objective take their facts. A pure function of what was captured.
 *
 * @param usage as the provider told it
 * @param price what the path cost, or the lane's budget where that is not known; null where there
 *     is neither
 */
public record Facts(TreeDiff diff, Usage usage, @Nullable BigDecimal price, Risk risk) {
  /** Of a candidate; empty where it has no diff at hand. */
  public static Optional<Facts> of(Candidate candidate) {
    TreeDiff diff = candidate.diff();
    if (diff == null) {
      return Optional.empty();
    }
    Usage usage = candidate.answer().exchange().usage();
    BigDecimal usd = usage.usd() == null ? candidate.lane().budget().usd() : usage.usd();
    return Optional.of(new Facts(diff, usage, usd, Risk.of(diff)));
  }
}
