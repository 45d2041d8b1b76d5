package dev.optr.execution;

import java.util.List;
import java.util.Optional;

/**
 * Executes on a pull request's branch: a commit that GitHub makes and signs, whose tree must be the
 * one that was computed here, then its gate, then the branch; see {@link HeadCommit}.
 */
public final class GitHubExecution implements ExecutedMove {
  private final GitHubLedgerBranch branch;
  private final GateStatus status;

  /**
   * @param branch the pull request's
   */
  public GitHubExecution(GitHubLedgerBranch branch, GateStatus status) {
    this.branch = branch;
    this.status = status;
  }

  @Override
  public Executed perform(ExecutedPlan plan) {
    GateVerdict gate = GateVerdict.executed(plan.agent());
    PlannedCommit commit =
        new PlannedCommit(
            Optional.of(plan.parent()), plan.changes(), List.of(plan.parent()), plan.message());
    HeadCommit.Result result =
        new HeadCommit(branch)
            .put(commit, plan.parent(), plan.expectedTree(), made -> status.post(made, gate));
    return switch (result) {
      case HeadCommit.Result.Put(String made) ->
          new Executed.Done(made, plan.entry(), plan.agent());
      case HeadCommit.Result.Raced(Optional<String> actual) ->
          new Executed.Superseded(actual.orElse(null));
      case HeadCommit.Result.Refused(String reason) -> new Executed.NotMoved(reason);
    };
  }
}
