package dev.optr.execution;

/** What became of lines for the side branch. */
public sealed interface SideWritten {
  /**
   * They are there.
   *
   * @param tip what the branch stands on with them
   */
  record Moved(String tip) implements SideWritten {}

  /** They were there before, so nothing was written. */
  record Unchanged() implements SideWritten {}

  /**
   * They are not there.
   *
   * @param reason half a sentence
   */
  record Refused(String reason) implements SideWritten {}
}
