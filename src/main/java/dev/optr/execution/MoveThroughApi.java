package dev.optr.execution;

import java.util.Optional;

/** Moves the branch by a request to GitHub, or by a push where commits are pushed there. */
public final class MoveThroughApi implements HeadMove {
  private final GitHubLedgerBranch branch;

  public MoveThroughApi(GitHubLedgerBranch branch) {
    this.branch = branch;
  }

  @Override
  public Performed move(Plan plan, String anchor) {
    return switch (branch.move(Optional.of(plan.parent()), anchor)) {
      case LedgerBranchMove.Moved _ -> new Performed.Anchored(anchor);
      case LedgerBranchMove.Raced _ -> new Performed.Superseded(branch.tip().orElse(null));
      case LedgerBranchMove.Refused(String reason) -> new Performed.Refused(reason);
    };
  }
}
