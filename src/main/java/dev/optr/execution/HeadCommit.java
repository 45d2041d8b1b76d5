package dev.optr.execution;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Puts a commit whose tree is known before on a pull request's branch. Its status is posted before
 * the branch moves, or right after where the commit is pushed. A branch that cannot be moved leaves
 * an unreachable object.
 */
public final class HeadCommit {
  private final GitHubLedgerBranch branch;

  public HeadCommit(GitHubLedgerBranch branch) {
    this.branch = branch;
  }

  /** How it went. */
  public sealed interface Result {
    /** The branch stands on it. */
    record Put(String commit) implements Result {}

    /**
     * Somebody was faster.
     *
     * @param actual where the branch stands; empty where it is gone
     */
    record Raced(Optional<String> actual) implements Result {}

    /** The branch was left alone. */
    record Refused(String reason) implements Result {}
  }

  /**
   * @param head the commit that the branch must stand on; the first parent
   * @param tree id of the tree that the commit must have
   * @param status posts the commit's status
   */
  public Result put(PlannedCommit planned, String head, String tree, Consumer<String> status) {
    GitHubLedgerBranch.Made made = branch.made(planned);
    if (!made.tree().equals(tree)) {
      return new Result.Refused(
          "GitHub made tree %s, expected was %s".formatted(made.tree(), tree));
    }
    if (!branch.pushes()) {
      status.accept(made.commit());
    }
    return switch (branch.move(Optional.of(head), made.commit())) {
      case LedgerBranchMove.Moved _ -> {
        if (branch.pushes()) {
          status.accept(made.commit());
        }
        yield new Result.Put(made.commit());
      }
      case LedgerBranchMove.Raced _ -> new Result.Raced(branch.tip());
      case LedgerBranchMove.Refused(String reason) -> new Result.Refused(reason);
    };
  }
}
