package dev.optr.app;

import dev.optr.datalake.DataLakePaths;
import dev.optr.execution.Performed;
import dev.optr.report.Mode;
import dev.optr.report.RunReport;
import dev.optr.report.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a local run tells its user. */
final class LocalReports {
  private final Prepared prepared;
  private final LocalRun.Request request;
  private final List<String> notices;
  private final String isolation;

  /**
   * @param isolation what commands ran in
   */
  LocalReports(
      Prepared prepared, LocalRun.Request request, List<String> notices, String isolation) {
    this.prepared = prepared;
    this.request = request;
    this.notices = List.copyOf(notices);
    this.isolation = isolation;
  }

  RunReport of(Outcome outcome, long nanoseconds) {
    return new RunReport(
        prepared.workflow().name(),
        outcome.intent(),
        outcome.head(),
        outcome.selection(),
        outcome.entry(),
        anchor(outcome.performed()),
        outcome.gate(),
        Mode.LOCAL,
        null,
        DataLakePaths.of(prepared.workflow().name()).directory(),
        Duration.ofNanos(nanoseconds).toMillis(),
        isolation,
        notices(outcome),
        null,
        "optr verify --repo " + request.repository(),
        prepared.wiring().redactor(),
        Optional.empty(),
        new Standing.Decided());
  }

  private static @Nullable String anchor(Performed performed) {
    return performed instanceof Performed.Anchored(String commit) ? commit : null;
  }

  private List<String> notices(Outcome outcome) {
    List<String> all = new ArrayList<>(notices);
    all.addAll(outcome.notices());
    switch (outcome.performed()) {
      case Performed.Superseded _ ->
          all.add(
              "the branch moved during the run: the decision is about a commit that is no longer its head");
      case Performed.Refused(String reason) -> all.add("the branch could not be moved: " + reason);
      case Performed.Anchored _, Performed.Written _ -> {}
    }
    return all;
  }
}
