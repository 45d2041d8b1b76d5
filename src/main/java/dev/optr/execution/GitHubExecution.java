package dev.optr.execution;

import dev.optr.github.BranchMove;
import dev.optr.github.GitData;
import dev.optr.github.Statuses;
import java.net.URI;
import java.util.List;

/**
 * Executes on a pull request's branch: a commit that GitHub makes and signs, whose tree must be the
 * one that was computed here, then its gate, then the branch. A branch that cannot be moved leaves
 * an unreachable object.
 */
public final class GitHubExecution implements ExecutedMove {
  private final CommitAtGitHub commits;
  private final Statuses statuses;
  private final GitData gitData;
  private final String branch;
  private final URI runUrl;

  /**
   * @param branch short name of the pull request's branch
   */
  public GitHubExecution(
      CommitAtGitHub commits, Statuses statuses, GitData gitData, String branch, URI runUrl) {
    this.commits = commits;
    this.statuses = statuses;
    this.gitData = gitData;
    this.branch = branch;
    this.runUrl = runUrl;
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
    statuses.set(
        made.commit(),
        PullRequestExecution.state(gate.state()),
        PullRequestExecution.CONTEXT,
        gate.description(),
        runUrl);
    return switch (gitData.moveBranch(branch, plan.parent(), made.commit())) {
      case BranchMove.Moved _ -> new Executed.Done(made.commit(), plan.entry(), plan.agent());
      case BranchMove.Superseded(String actual) -> new Executed.Superseded(actual);
      case BranchMove.Refused(String reason) -> new Executed.NotMoved(reason);
    };
  }
}
