package dev.optr.execution;

import dev.optr.github.BranchMove;
import dev.optr.github.GitData;

/** Moves the branch by a request to GitHub. */
public final class MoveThroughApi implements HeadMove {
  private final GitData gitData;
  private final String branch;

  public MoveThroughApi(GitData gitData, String branch) {
    this.gitData = gitData;
    this.branch = branch;
  }

  @Override
  public Performed move(Plan plan, String anchor) {
    return switch (gitData.moveBranch(branch, plan.parent(), anchor)) {
      case BranchMove.Moved _ -> new Performed.Anchored(anchor);
      case BranchMove.Superseded(String actual) -> new Performed.Superseded(actual);
      case BranchMove.Refused(String reason) -> new Performed.Refused(reason);
    };
  }
}
