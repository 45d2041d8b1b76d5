package dev.optr.execution;

/** What became of lines for a branch of the ledger. */
public sealed interface LedgerWritten {
  /**
   * They are there.
   *
   * @param tip what the branch stands on with them
   */
  record Moved(String tip) implements LedgerWritten {}

  /** They were there before, so nothing was written. */
  record Unchanged() implements LedgerWritten {}

  /**
   * They are not there.
   *
   * @param reason half a sentence
   */
  record Refused(String reason) implements LedgerWritten {}
}
