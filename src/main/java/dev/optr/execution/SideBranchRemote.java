package dev.optr.execution;

import java.util.Optional;

/** The branch {@code optr/ledger} where it is kept: in this repository, or at a server. */
public interface SideBranchRemote {
  /** Short name of the branch that takes what the branches of people do not get. */
  String BRANCH = "optr/ledger";

  /**
   * The commit that it stands on, which is readable here from now on; empty before its first one.
   */
  Optional<String> tip();

  /** Makes a commit where the branch is kept; no ref moves. Gives its id. */
  String make(SideCommit commit);

  /**
   * Moves the branch by compare and swap.
   *
   * @param expected where it must stand; empty where it must not be there
   */
  SideMove move(Optional<String> expected, String commit);
}
