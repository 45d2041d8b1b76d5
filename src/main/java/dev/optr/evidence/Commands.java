package dev.optr.evidence;

import dev.optr.agents.Proposal;
import dev.optr.datalake.Candidate;
import dev.optr.evidence.FrozenTests.Version;
import dev.optr.git.FrozenTree;
import dev.optr.workflow.Invariant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The invariant commands of one workflow, on the frozen commit and on candidates' trees; each tree
 * once, in the order of the workflow file. A tree waits for the frozen commit's result, since its
 * own is read beside it. On a path the first command that does not hold is the last one to run; on
 * the frozen commit all run.
 */
final class Commands implements Examination.Costly {
  private final List<Invariant> invariants;
  private final CommandPolicy policy;
  private final CommandRunner runner;
  private final String frozenTree;
  private final FrozenTests frozenTests;
  private final Repeat repeat;
  private final OncePerTree<Attempts> frozenResults = new OncePerTree<>();
  private final OncePerTree<List<Finding>> findings = new OncePerTree<>();

  Commands(
      List<Invariant> invariants, CommandPolicy policy, CommandRunner runner, FrozenTree frozen) {
    this.invariants = List.copyOf(invariants);
    this.policy = policy;
    this.runner = runner;
    this.frozenTree = frozen.tree();
    this.frozenTests = new FrozenTests(runner.trees(), frozen);
    this.repeat = new Repeat(frozen.commit());
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
      Attempts frozen = onFrozenCommit(invariant);
      found.add(InvariantChecks.ofFrozen(invariant, frozen, repeat.onFrozenCommit(invariant)));
    }
    return found;
  }

  @Override
  public List<Finding> notRun(String because) {
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
      // What could not even start cost nothing, and says of each command what is missing.
      if (!finding.check().held() && finding.check().command() != null) {
        lost = Optional.of("'" + invariant.id() + "' does not hold");
      }
    }
    return found;
  }

  private Finding ofTree(Invariant invariant, String tree, Version version)
      throws InterruptedException {
    if (version instanceof Version.Impossible(String reason)) {
      return Finding.unknown(invariant.id(), reason);
    }
    Attempts frozen = onFrozenCommit(invariant);
    Attempts own = attempt(invariant, tree, frozen);
    Finding finding =
        InvariantChecks.ofCandidate(invariant, own, frozen, repeat.onTree(tree, invariant));
    if (finding.check().held()
        && version instanceof Version.PutBack(String restored, List<String> files)) {
      Attempts again = restored.equals(frozenTree) ? frozen : attempt(invariant, restored, frozen);
      return InvariantChecks.withFrozenTests(invariant, finding, files, again, frozen);
    }
    return finding;
  }

  private Attempts attempt(Invariant invariant, String tree, Attempts frozen)
      throws InterruptedException {
    return Attempts.of(
        () -> run(invariant, tree),
        invariant.retries(),
        result -> CommandOutcome.of(invariant, result, frozen.result()).result());
  }

  private Attempts onFrozenCommit(Invariant invariant) throws InterruptedException {
    return frozenResults.get(
        invariant.id(),
        () ->
            Attempts.of(
                () -> run(invariant, frozenTree),
                invariant.retries(),
                result -> CommandOutcome.of(invariant, result, result).result()));
  }

  private CommandResult run(Invariant invariant, String tree) throws InterruptedException {
    Optional<String> missing = whyNotHere();
    return missing.isPresent()
        ? new CommandResult.NotStarted(missing.get())
        : runner.run(tree, invariant);
  }

  private Optional<String> whyNotHere() {
    return switch (policy) {
      case CommandPolicy.Unknown(String reason) -> Optional.of(reason);
      case CommandPolicy.Run _ -> Optional.empty();
    };
  }
}
