package dev.optr.workflow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What was found in one calling workflow. */
final class CallerReport {
  // A hostile file could otherwise make megabytes of messages.
  private static final int MOST = 200;

  private static final Comparator<CallerFinding> ORDER =
      Comparator.comparingInt(CallerFinding::line)
          .thenComparingInt(CallerFinding::column)
          .thenComparing(CallerFinding::rule);

  private final String file;
  private final List<CallerFinding> found = new ArrayList<>();

  CallerReport(String file) {
    this.file = file;
  }

  void add(CallerRule rule, Mark mark, String message) {
    found.add(
        new CallerFinding(rule.id(), rule.severity(), file, mark.line(), mark.column(), message));
  }

  /** Sorted by place, each once, the first 200. */
  List<CallerFinding> findings() {
    return found.stream().sorted(ORDER).distinct().limit(MOST).toList();
  }
}
