package dev.optr.github;

import org.jspecify.annotations.Nullable;

/** How an attempt to move a branch ended. */
public sealed interface BranchMove {
  /** The branch stands on the new commit. */
  record Moved() implements BranchMove {}

  /**
   * Somebody else was faster: what was evaluated is no longer what the branch holds.
   *
   * @param actual the commit that it stands on, null where the branch is gone
   */
  record Superseded(@Nullable String actual) implements BranchMove {}

  /**
   * A rule of the repository does not let us.
   *
   * @param reason GitHub's words
   */
  record Refused(String reason) implements BranchMove {}
}
