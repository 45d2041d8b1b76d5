package dev.optr.report;

/** What became of a decision after it was made, and where none could be made. */
public sealed interface Standing {
  /** It stands as it was made. */
  record Decided() implements Standing {}

  /**
   * The selected path was executed.
   *
   * @param commit the executed commit, which is the branch's head
   * @param entry id of the execution's own entry
   */
  record Executed(String commit, String entry) implements Standing {}

  /** Somebody pushed meanwhile: it is about a commit that is no longer the head. */
  record Superseded() implements Standing {}

  /**
   * The branch could not be moved to the anchor.
   *
   * @param reason as the server or git said it
   */
  record NotMoved(String reason) implements Standing {}

  /** No agent was asked, the commit itself was examined. */
  record HeadAlone(HeadComment.Unasked why) implements Standing {}
}
