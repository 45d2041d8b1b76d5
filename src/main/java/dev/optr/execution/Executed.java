package dev.optr.execution;

import org.jspecify.annotations.Nullable;

/** How an execution ended. */
public sealed interface Executed {
  /**
   * The branch stands on the executed commit.
   *
   * @param entry id of the run entry that was executed
   */
  record Done(String commit, String entry, String agent) implements Executed {}

  /**
   * Nothing was made and nothing moved.
   *
   * @param message one sentence for people
   */
  record Refused(Refusal why, String message) implements Executed {}

  /** Somebody pushed meanwhile; the commit that was made leads nowhere. */
  record Superseded(@Nullable String actualHead) implements Executed {}

  /** The branch may not be moved by us, or another tree came out than the selected one. */
  record NotMoved(String reason) implements Executed {}
}
