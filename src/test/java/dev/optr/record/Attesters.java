package dev.optr.record;

import dev.optr.ledger.Tool;
import java.util.Optional;

/** Attesters for tests that are not about them. */
final class Attesters {
  private Attesters() {}

  /** Without a key, in a repository that nobody names. */
  static Attester unsigned() {
    return new Attester(Optional.empty(), new Tool("optr", "1.2.3"), Optional.empty());
  }
}
