package dev.optr.execution;

import org.jspecify.annotations.Nullable;

/** How a plan ended. */
public sealed interface Performed {
  /** The anchor exists and the branch stands on it. */
  record Anchored(String commit) implements Performed {}

  /** The files lie in the work tree; nothing was committed. */
  record Written() implements Performed {}

  /**
   * Somebody pushed meanwhile: the decision was about a commit that is no longer the head. Never
   * rebased.
   */
  record Superseded(@Nullable String actualHead) implements Performed {}

  /** The branch may not be moved by us: protection, permissions. */
  record Refused(String reason) implements Performed {}
}
