package dev.optr.evidence;

import dev.optr.agents.Proposal;
import dev.optr.datalake.Candidate;
import dev.optr.workflow.Constraint;
import java.util.List;

/** Constraints that this version has no judge for: unknown, never passed over. */
record Unjudged(List<Constraint> constraints) implements Examination {
  Unjudged {
    constraints = List.copyOf(constraints);
  }

  @Override
  public List<Finding> ofPath(Candidate candidate, Proposal proposal, List<Finding> found) {
    return ofHead();
  }

  @Override
  public List<Finding> ofHead() {
    return constraints.stream()
        .map(
            constraint ->
                Finding.unknown(
                    constraint.id(),
                    "constraints are not judged yet; 'advisory: true' shows it without deciding"))
        .toList();
  }
}
