package dev.optr.ledger;

/** What came of an append. */
public sealed interface AppendResult permits Receipt, AppendResult.Refused {
  /** The ledger is broken, or would be with the new line; nothing was made. */
  record Refused(Verification verification) implements AppendResult {}
}
