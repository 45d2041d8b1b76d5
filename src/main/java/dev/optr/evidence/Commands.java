package dev.optr.evidence;

import dev.optr.evidence.FrozenTests.Version;
import dev.optr.git.FrozenTree;
import dev.optr.workflow.Invariant;
import java.util.Optional;

/**
 * Runs invariants as commands of this process. A tree waits for the frozen commit's result, since
 * its own is read beside it.
 */
final class Commands implements Verifier {
  private final CommandPolicy policy;
  private final CommandRunner runner;
  private final String frozenTree;
  private final Repeat repeat;
  private final OncePerTree<Attempts> frozenResults = new OncePerTree<>();

  Commands(CommandPolicy policy, CommandRunner runner, FrozenTree frozen) {
    this.policy = policy;
    this.runner = runner;
    this.frozenTree = frozen.tree();
    this.repeat = new Repeat(frozen.commit());
  }

  @Override
  public Finding ofFrozen(Invariant invariant) throws InterruptedException {
    return InvariantChecks.ofFrozen(
        invariant, onFrozenCommit(invariant), repeat.onFrozenCommit(invariant));
  }

  @Override
  public Finding ofTree(Invariant invariant, String tree) throws InterruptedException {
    Attempts frozen = onFrozenCommit(invariant);
    Attempts own = attempt(invariant, tree, frozen);
    return InvariantChecks.ofCandidate(invariant, own, frozen, repeat.onTree(tree, invariant));
  }

  @Override
  public Finding withFrozenTests(Invariant invariant, Finding own, Version.PutBack version)
      throws InterruptedException {
    Attempts frozen = onFrozenCommit(invariant);
    Attempts again =
        version.tree().equals(frozenTree) ? frozen : attempt(invariant, version.tree(), frozen);
    return InvariantChecks.withFrozenTests(invariant, own, version.files(), again, frozen);
  }

  private Attempts attempt(Invariant invariant, String tree, Attempts frozen)
      throws InterruptedException {
    return Attempts.of(
        run(invariant, tree),
        () -> Optional.of(run(invariant, tree)),
        invariant.retries(),
        result -> CommandOutcome.of(invariant, result, frozen.result()).result());
  }

  private Attempts onFrozenCommit(Invariant invariant) throws InterruptedException {
    return frozenResults.get(
        invariant.id(),
        () ->
            Attempts.of(
                run(invariant, frozenTree),
                () -> Optional.of(run(invariant, frozenTree)),
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
