package dev.optr.execution;

/** How an attempt to move a branch of the ledger ended. */
public sealed interface LedgerBranchMove {
  /** It stands on the new commit. */
  record Moved() implements LedgerBranchMove {}

  /** Somebody was faster; look again. */
  record Raced() implements LedgerBranchMove {}

  /**
   * It may not be moved by us.
   *
   * @param reason the server's words
   */
  record Refused(String reason) implements LedgerBranchMove {}
}
