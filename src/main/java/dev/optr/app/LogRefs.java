package dev.optr.app;

import dev.optr.workflow.Workflow;
import java.util.List;
import java.util.Optional;

/** Where the anchor log stands, by the setting {@code ledger.log}. */
final class LogRefs {
  static final String REF = "refs/optr/log";
  static final String BRANCH = "refs/heads/optr-log";

  /** What git makes of the branch when it fetches. */
  static final String FETCHED = "refs/remotes/origin/optr-log";

  /** All of them, the ones that are written first. */
  static final List<String> ALL = List.of(REF, BRANCH, FETCHED);

  private LogRefs() {}

  /** Whole name of the ref that a run writes; empty where the log is off. */
  static Optional<String> written(Workflow workflow) {
    return switch (workflow.ledger().log()) {
      case OFF -> Optional.empty();
      case REF -> Optional.of(REF);
      case BRANCH -> Optional.of(BRANCH);
    };
  }

  /** Whether a ref is a copy of a log, or one that runs keep for themselves. */
  static boolean isOurs(String ref) {
    return ref.startsWith("refs/optr/") || ref.endsWith("/optr-log");
  }

  /** Refs that may hold a newer copy of one that is written. */
  static List<String> copies(String ref) {
    return ref.equals(BRANCH) ? List.of(FETCHED) : List.of();
  }
}
