package dev.optr.app;

import dev.optr.ledger.Finding;
import java.util.List;

/**
 * The ledger that a run would build on is not intact; nothing is asked and nothing written. Exit
 * code 4.
 */
final class LedgerBrokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Finding> findings;

  LedgerBrokenException(List<Finding> findings) {
    super("the ledger is not intact");
    this.findings = List.copyOf(findings);
  }

  List<Finding> findings() {
    return findings;
  }
}
