package dev.optr.execution;

import dev.optr.git.AnchorCommit;
import dev.optr.git.CommitSigner;
import dev.optr.git.GitRepository;
import dev.optr.git.LocalCheckout;
import dev.optr.git.RawCommit;
import java.time.InstantSource;
import java.util.Optional;

/** Executes on the branch that is checked out in a repository of this machine. */
public final class LocalExecutedMove implements ExecutedMove {
  private final GitRepository repository;
  private final String branch;
  private final InstantSource clock;
  private final Optional<CommitSigner> signer;

  /**
   * @param branch short name of the branch that HEAD is on
   */
  public LocalExecutedMove(
      GitRepository repository, String branch, InstantSource clock, Optional<CommitSigner> signer) {
    this.repository = repository;
    this.branch = branch;
    this.clock = clock;
    this.signer = signer;
  }

  @Override
  public Executed perform(ExecutedPlan plan) {
    String commit =
        AnchorCommit.build(
            repository, plan.parent(), plan.changes(), plan.message(), clock.instant(), signer);
    String made = RawCommit.read(repository, commit).orElseThrow().tree();
    if (!made.equals(plan.expectedTree())) {
      return new Executed.NotMoved(
          "tree %s was made, expected was %s".formatted(made, plan.expectedTree()));
    }
    return new LocalCheckout(repository).advance(branch, plan.parent(), commit)
        ? new Executed.Done(commit, plan.entry(), plan.agent())
        : new Executed.Superseded(repository.resolve(branch).orElse(null));
  }
}
