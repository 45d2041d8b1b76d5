package dev.optr.evidence;

import dev.optr.agents.Proposal;
import dev.optr.datalake.Candidate;
import dev.optr.evidence.FrozenTests.Version;
import dev.optr.workflow.Invariant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The invariants of one workflow, on the frozen commit and on candidates' trees; each tree once, in
 * the order of the workflow file. On a path the first command that does not hold is the last one to
 * run; on the frozen commit all run.
 */
final class Invariants implements Examination.Costly {
  private final List<Invariant> invariants;
  private final Verifier verifier;
  private final FrozenTests frozenTests;
  private final OncePerTree<List<Finding>> findings = new OncePerTree<>();

  Invariants(List<Invariant> invariants, Verifier verifier, FrozenTests frozenTests) {
    this.invariants = List.copyOf(invariants);
    this.verifier = verifier;
    this.frozenTests = frozenTests;
  }

  @Override
  public List<Finding> ofPath(Candidate candidate, Proposal proposal, List<Finding> before)
      throws InterruptedException {
    String tree = candidate.tree();
    if (tree == null) {
      throw new IllegalStateException("a patch that applies has a tree");
    }
    Version version = frozenTests.of(candidate);
    // Which tests are put back depends on what the changes call a rename, not on the tree alone.
    return findings.get(tree + " " + version, () -> ofTree(tree, version));
  }

  @Override
  public List<Finding> ofHead() throws InterruptedException {
    List<Finding> found = new ArrayList<>();
    for (Invariant invariant : invariants) {
      found.add(verifier.ofFrozen(invariant));
    }
    return found;
  }

  @Override
  public List<Finding> notRun(Candidate candidate, String because) {
    return invariants.stream().map(invariant -> Finding.notRun(invariant.id(), because)).toList();
  }

  private List<Finding> ofTree(String tree, Version version) throws InterruptedException {
    List<Finding> found = new ArrayList<>();
    Optional<String> lost = Optional.empty();
    for (Invariant invariant : invariants) {
      if (lost.isPresent()) {
        found.add(Finding.notRun(invariant.id(), lost.get()));
        continue;
      }
      Finding finding = ofTree(invariant, tree, version);
      found.add(finding);
      // What could not even start cost nothing, and says of each command what is missing; and what
      // jobs came to is known of all of them.
      if (!finding.check().held() && finding.check().command() != null) {
        lost = Optional.of("'" + invariant.id() + "' does not hold");
      }
    }
    return found;
  }

  private Finding ofTree(Invariant invariant, String tree, Version version)
      throws InterruptedException {
    return switch (version) {
      case Version.Impossible(String reason) -> Finding.unknown(invariant.id(), reason);
      case Version.Same() -> verifier.ofTree(invariant, tree);
      case Version.PutBack restored -> {
        Finding own = verifier.ofTree(invariant, tree);
        yield own.check().held() ? verifier.withFrozenTests(invariant, own, restored) : own;
      }
    };
  }
}
