package dev.optr.evidence;

import dev.optr.agents.Proposal;
import dev.optr.datalake.Candidate;
import dev.optr.evidence.CommandPolicy.Run;
import dev.optr.workflow.Invariant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The invariant commands of one workflow, on the frozen commit and on candidates' trees; each tree
 * once. A tree waits for the frozen commit's results, since its own are read beside them.
 */
final class Commands implements Examination.Costly {
  private final List<Invariant> invariants;
  private final CommandPolicy policy;
  private final CommandRunner runner;
  private final String frozenTree;
  private final Repeat repeat;
  private final OncePerTree<List<CommandResult>> frozenResults = new OncePerTree<>();
  private final OncePerTree<List<Finding>> findings = new OncePerTree<>();

  Commands(
      List<Invariant> invariants,
      CommandPolicy policy,
      CommandRunner runner,
      String frozenTree,
      Repeat repeat) {
    this.invariants = List.copyOf(invariants);
    this.policy = policy;
    this.runner = runner;
    this.frozenTree = frozenTree;
    this.repeat = repeat;
  }

  @Override
  public List<Finding> ofPath(Candidate candidate, Proposal proposal, List<Finding> before)
      throws InterruptedException {
    String tree = candidate.tree();
    if (tree == null) {
      throw new IllegalStateException("a patch that applies has a tree");
    }
    return findings.get(tree, () -> examine(tree));
  }

  @Override
  public List<Finding> ofHead() throws InterruptedException {
    List<CommandResult> results = frozenResults();
    List<Finding> found = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      Invariant invariant = invariants.get(i);
      found.add(
          InvariantChecks.ofFrozen(invariant, results.get(i), repeat.onFrozenCommit(invariant)));
    }
    return found;
  }

  @Override
  public List<Finding> notRun(String because) {
    return invariants.stream().map(invariant -> Finding.notRun(invariant.id(), because)).toList();
  }

  private List<Finding> examine(String tree) throws InterruptedException {
    List<CommandResult> results = run(tree);
    List<CommandResult> frozen = frozenResults();
    List<Finding> found = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      Invariant invariant = invariants.get(i);
      found.add(
          InvariantChecks.ofCandidate(
              invariant, results.get(i), frozen.get(i), repeat.inPlace(invariant)));
    }
    return found;
  }

  private List<CommandResult> frozenResults() throws InterruptedException {
    return frozenResults.get(frozenTree, () -> run(frozenTree));
  }

  private List<CommandResult> run(String tree) throws InterruptedException {
    List<CommandResult> results = new ArrayList<>();
    for (Invariant invariant : invariants) {
      Optional<String> missing = whyNotHere(invariant);
      results.add(
          missing.isPresent()
              ? new CommandResult.NotStarted(missing.get())
              : runner.run(tree, invariant));
    }
    return results;
  }

  private Optional<String> whyNotHere(Invariant invariant) {
    return switch (policy) {
      case CommandPolicy.Unknown(String reason) -> Optional.of(reason);
      case Run _ -> unsupported(invariant);
    };
  }

  /** What the workflow file asks for and this version cannot do: never passed over in silence. */
  private static Optional<String> unsupported(Invariant invariant) {
    if (invariant.must() == Invariant.Must.NOT_WORSEN) {
      return Optional.of("'must: not-worsen' is not built yet; write 'must: hold'");
    }
    if (invariant.junit() != null) {
      return Optional.of("'junit' is not built yet; leave it out");
    }
    if (invariant.retries() > 0) {
      return Optional.of("'retries' is not built yet; leave it out");
    }
    return invariant.caches().isEmpty()
        ? Optional.empty()
        : Optional.of("'caches' is not built yet; leave it out");
  }
}
