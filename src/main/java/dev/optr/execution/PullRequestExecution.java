package dev.optr.execution;

import dev.optr.github.GitData;

/**
 * Puts the anchor on a pull request's branch: a commit made through GitHub's git data API, which
 * GitHub signs. The final status is posted on the anchor before the branch moves, so that the new
 * head is never without it; a branch that cannot be moved leaves an unreachable object.
 */
public final class PullRequestExecution implements Execution {
  private final GitData gitData;
  private final GateStatus gate;
  private final HeadMove branch;

  public PullRequestExecution(GitData gitData, GateStatus gate, HeadMove branch) {
    this.gitData = gitData;
    this.gate = gate;
    this.branch = branch;
  }

  @Override
  public Performed perform(Plan plan) throws InterruptedException {
    String anchor = gitData.commit(plan.parent(), plan.files(), plan.message());
    gate.post(anchor, plan.gate());
    return branch.move(plan, anchor);
  }
}
