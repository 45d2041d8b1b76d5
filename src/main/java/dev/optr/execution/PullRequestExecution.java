package dev.optr.execution;

import dev.optr.git.FileChanges;
import java.util.List;
import java.util.Optional;

/**
 * Puts the anchor on a pull request's branch: a commit made through GitHub's git data API, which
 * GitHub signs. The final status is posted on the anchor before the branch moves, so that the new
 * head is never without it; a branch that cannot be moved leaves an unreachable object. Where the
 * anchor is pushed instead, the status follows: nobody takes one for a commit that he lacks.
 */
public final class PullRequestExecution implements Execution {
  private final GitHubLedgerBranch branch;
  private final GateStatus gate;
  private final HeadMove move;

  /**
   * @param branch the pull request's
   * @param move puts it on the anchor
   */
  public PullRequestExecution(GitHubLedgerBranch branch, GateStatus gate, HeadMove move) {
    this.branch = branch;
    this.gate = gate;
    this.move = move;
  }

  @Override
  public Performed perform(Plan plan) throws InterruptedException {
    String anchor =
        branch.make(
            new PlannedCommit(
                Optional.of(plan.parent()),
                FileChanges.writing(plan.files()),
                List.of(plan.parent()),
                plan.message()));
    if (!branch.pushes()) {
      gate.post(anchor, plan.gate());
      return move.move(plan, anchor);
    }
    Performed performed = move.move(plan, anchor);
    if (performed instanceof Performed.Anchored) {
      gate.post(anchor, plan.gate());
    }
    return performed;
  }
}
