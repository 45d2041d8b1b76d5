package dev.optr.ledger;

/** What checking a proof came to. */
public sealed interface ProofCheck {
  /**
   * The proof holds.
   *
   * @param statement what is proven thereby, and against which roots
   */
  record Proven(String statement) implements ProofCheck {}

  /**
   * The proof does not hold.
   *
   * @param reason with the computed and the given hash, where it came to hashes
   */
  record Refuted(String reason) implements ProofCheck {}
}
