package dev.optr.execution;

/** How an attempt to move the side branch ended. */
public sealed interface SideMove {
  /** It stands on the new commit. */
  record Moved() implements SideMove {}

  /** Somebody was faster; look again. */
  record Raced() implements SideMove {}

  /**
   * It may not be moved by us.
   *
   * @param reason the server's words
   */
  record Refused(String reason) implements SideMove {}
}
