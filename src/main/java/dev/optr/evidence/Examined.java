package dev.optr.evidence;

import dev.optr.datalake.Candidate;
import java.util.List;

/**
 * A candidate and what was found out about it.
 *
 * @param checks in the order in which they ran; empty for a lane that proposed nothing
 * @param whyNot every reason why it is not admissible; for a lane without a proposal empty, its
 *     outcome says it
 */
public record Examined(Candidate candidate, List<Check> checks, List<WhyNot> whyNot) {
  public Examined {
    checks = List.copyOf(checks);
    whyNot = List.copyOf(whyNot);
  }

  /** A tree whose every check was found to hold. */
  public boolean admissible() {
    return candidate.tree() != null && whyNot.isEmpty() && checks.stream().allMatch(Check::held);
  }
}
