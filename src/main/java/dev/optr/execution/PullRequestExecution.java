package dev.optr.execution;

import dev.optr.github.CommitState;
import dev.optr.github.GitData;
import dev.optr.github.Statuses;
import java.net.URI;

/**
 * Puts the anchor on a pull request's branch: a commit made through GitHub's git data API, which
 * GitHub signs. The final status is posted on the anchor before the branch moves, so that the new
 * head is never without it; a branch that cannot be moved leaves an unreachable object.
 */
public final class PullRequestExecution implements Execution {
  public static final String CONTEXT = "optr/gate";

  private final GitData gitData;
  private final Statuses statuses;
  private final HeadMove branch;
  private final URI runUrl;

  public PullRequestExecution(GitData gitData, Statuses statuses, HeadMove branch, URI runUrl) {
    this.gitData = gitData;
    this.statuses = statuses;
    this.branch = branch;
    this.runUrl = runUrl;
  }

  @Override
  public Performed perform(Plan plan) throws InterruptedException {
    String anchor = gitData.commit(plan.parent(), plan.files(), plan.message());
    post(anchor, plan.gate());
    return branch.move(plan, anchor);
  }

  private void post(String commit, GateVerdict gate) {
    statuses.set(commit, state(gate.state()), CONTEXT, gate.description(), runUrl);
  }

  /** GitHub's word for a verdict. */
  public static CommitState state(GateVerdict.State state) {
    return switch (state) {
      case SUCCESS -> CommitState.SUCCESS;
      case FAILURE -> CommitState.FAILURE;
      case ERROR -> CommitState.ERROR;
    };
  }
}
