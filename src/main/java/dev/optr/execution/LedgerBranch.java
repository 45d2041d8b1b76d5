package dev.optr.execution;

import java.util.Optional;

/**
 * A branch that ledger lines are written to, where it is kept: in this repository, or at a server.
 */
public interface LedgerBranch {
  /** Short name of the branch that takes what the branches of people do not get. */
  String SIDE = "optr/ledger";

  /** Its short name. */
  String name();

  /**
   * The commit that it stands on, which is readable here from now on; empty before its first one.
   */
  Optional<String> tip();

  /** Makes a commit where the branch is kept; no ref moves. Gives its id. */
  String make(PlannedCommit commit);

  /**
   * Moves the branch by compare and swap.
   *
   * @param expected where it must stand; empty where it must not be there
   */
  LedgerBranchMove move(Optional<String> expected, String commit);
}
