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

  private static final String LEDGER = "the ledger is not intact";

  private final String what;
  private final transient List<String> problems;

  LedgerBrokenException(String problem) {
    this(List.of(problem));
  }

  LedgerBrokenException(List<String> problems) {
    this(LEDGER, problems);
  }

  private LedgerBrokenException(String what, List<String> problems) {
    super(what + ": " + String.join("; ", problems));
    this.what = what;
    this.problems = List.copyOf(problems);
  }

  /**
   * Somebody changed by hand what runs had written.
   *
   * @param edits what, one line each
   */
  static LedgerBrokenException edited(List<String> edits) {
    String more = edits.size() > 1 ? " and %d more".formatted(edits.size() - 1) : "";
    return new LedgerBrokenException("edited by hand: " + edits.getFirst() + more, edits);
  }

  /** In a few words. */
  String what() {
    return what;
  }

  static LedgerBrokenException of(List<Finding> findings) {
    return new LedgerBrokenException(findings.stream().map(VerifyReport::sentence).toList());
  }

  /** What was found, one line each. */
  List<String> messages() {
    return Stream.concat(
            Stream.of(what + "; nothing was asked and nothing was written"), problems.stream())
        .toList();
  }
}
