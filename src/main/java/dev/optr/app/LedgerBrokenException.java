package dev.optr.app;

import dev.optr.ledger.Finding;
import java.util.List;
import java.util.stream.Stream;

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

  /** What was found, one line each. */
  List<String> messages() {
    return Stream.concat(
            Stream.of("the ledger is not intact; nothing was asked and nothing was written"),
            problems.stream())
        .toList();
  }
}
