package dev.optr.report;

import dev.optr.evidence.Check;
import dev.optr.evidence.JobRun;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The jobs that verified invariants, each attempt: those that decided, and those that did not. */
final class JobRuns {
  private static final int LONGEST = 60;
  private static final int LONGEST_PAGE = 200;

  private JobRuns() {}

  /** Empty where none was told of. */
  static String of(RunReport report) {
    TextTable table = new TextTable(Collections.nCopies(10, TextTable.Align.LEFT));
    table.row(
        List.of(
            "row",
            "check",
            "image",
            "attempt",
            "concluded",
            "took",
            "whole job",
            "decides",
            "runner",
            "where to look"));
    // The frozen commit's own, and those that several agents share, are told of once.
    Set<List<Object>> told = new HashSet<>();
    for (Check check : checks(report)) {
      if (check.evidence() instanceof Check.Jobs jobs) {
        jobs.runs().stream()
            .filter(run -> told.add(List.of(check.id(), run)))
            .forEach(run -> table.row(cells(check, run)));
      }
    }
    return told.isEmpty() ? "" : "Jobs that verified it\n" + table.text();
  }

  private static List<Check> checks(RunReport report) {
    return Stream.concat(
            report.selection().candidates().stream()
                .flatMap(lane -> lane.examined().checks().stream()),
            report.head().checks().stream())
        .toList();
  }

  private static List<String> cells(Check check, Check.Job run) {
    return List.of(
        run.row(),
        Reason.rule(check.id()),
        Characters.line(Objects.requireNonNullElse(run.image(), ""), LONGEST),
        Integer.toString(run.attempt()),
        Characters.words(run.conclusion()),
        took(run.startedAt(), run.completedAt()),
        whole(run),
        run.counts() ? "yes" : "no",
        Characters.line(run.runner(), LONGEST),
        Characters.line(Objects.requireNonNullElse(run.page(), ""), LONGEST_PAGE));
  }

  /** What it concluded is said where that is not what its step did, which is what counts. */
  private static String whole(Check.Job run) {
    JobRun.@Nullable Whole whole = run.whole();
    if (whole == null) {
      return "";
    }
    String took = took(whole.startedAt(), whole.completedAt());
    return whole.conclusion() == run.conclusion()
        ? took
        : took + (took.isEmpty() ? "" : ", ") + Characters.words(whole.conclusion());
  }

  private static String took(@Nullable Instant start, @Nullable Instant end) {
    return start == null || end == null || end.isBefore(start)
        ? ""
        : Quantities.duration(Duration.between(start, end).toSeconds());
  }
}
