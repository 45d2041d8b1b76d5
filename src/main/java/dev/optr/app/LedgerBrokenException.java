package dev.optr.app;

import dev.optr.ledger.Finding;
import java.util.List;

/**
 * The ledger or datalake that a run would build on is not intact; nothing is asked and nothing
 * written. Exit code 4.
 */
final class LedgerBrokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  LedgerBrokenException(String problem) {
    this(List.of(problem));
  }

  LedgerBrokenException(List<String> problems) {
    super("the ledger is not intact: " + String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  static LedgerBrokenException of(List<Finding> findings) {
    return new LedgerBrokenException(findings.stream().map(VerifyReport::sentence).toList());
  }

  List<String> problems() {
    return problems;
  }
}
