package dev.optr.execution;

import dev.optr.github.BranchMove;
import dev.optr.github.GitData;
import java.util.List;

/**
 * Executes on a pull request's branch: a commit that GitHub makes and signs, whose tree must be the
 * one that was computed here, then its gate, then the branch. A branch that cannot be moved leaves
 * an unreachable object.
 */
public final class GitHubExecution implements ExecutedMove {
  private final CommitAtGitHub commits;
  private final GateStatus status;
  private final GitData gitData;
  private final String branch;

  /**
   * @param branch short name of the pull request's branch
   */
  public GitHubExecution(
      CommitAtGitHub commits, GateStatus status, GitData gitData, String branch) {
    this.commits = commits;
    this.status = status;
    this.gitData = gitData;
    this.branch = branch;
  }

  @Override
  public Executed perform(ExecutedPlan plan) {
    CommitAtGitHub.Made made =
        commits.commit(List.of(plan.parent()), plan.changes(), plan.message());
    if (!made.tree().equals(plan.expectedTree())) {
      return new Executed.NotMoved(
          "GitHub made tree %s of the selected path, expected was %s"
              .formatted(made.tree(), plan.expectedTree()));
    }
    GateVerdict gate = GateVerdict.executed(plan.agent());
    status.post(made.commit(), gate);
    return switch (gitData.moveBranch(branch, plan.parent(), made.commit())) {
      case BranchMove.Moved _ -> new Executed.Done(made.commit(), plan.entry(), plan.agent());
      case BranchMove.Superseded(String actual) -> new Executed.Superseded(actual);
      case BranchMove.Refused(String reason) -> new Executed.NotMoved(reason);
    };
  }
}
