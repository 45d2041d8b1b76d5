package dev.optr.evidence;

import dev.optr.agents.Proposal;
import dev.optr.datalake.Candidate;
import dev.optr.workflow.Invariant;
import java.util.List;

/** Invariants that jobs will verify. Until then nothing is held. */
final class Postponed implements Examination.Costly {
  private static final String LATER = "jobs of its own will verify it";

  private final List<Invariant> invariants;

  Postponed(List<Invariant> invariants) {
    this.invariants = List.copyOf(invariants);
  }

  @Override
  public List<Finding> ofPath(Candidate candidate, Proposal proposal, List<Finding> found) {
    return notRun(LATER);
  }

  @Override
  public List<Finding> ofHead() {
    return notRun(LATER);
  }

  @Override
  public List<Finding> notRun(Candidate candidate, String because) {
    return notRun(because);
  }

  private List<Finding> notRun(String because) {
    return invariants.stream().map(invariant -> Finding.notRun(invariant.id(), because)).toList();
  }
}
