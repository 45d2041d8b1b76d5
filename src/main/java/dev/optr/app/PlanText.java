package dev.optr.app;

import dev.optr.bundle.JobForecast;
import dev.optr.record.PastCosts;
import dev.optr.record.Seen;
import dev.optr.report.Quantities;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/** An estimate for people, one line for each thing. */
final class PlanText {
  private static final int MOST_UNREADABLE = 5;
  private static final String NO_HISTORY = "no history";

  private final RunEstimate estimate;
  private final StringBuilder out = new StringBuilder();

  private PlanText(RunEstimate estimate) {
    this.estimate = estimate;
  }

  /**
   * @param invariants ids
   * @param agents every lane of the run
   */
  static String of(RunEstimate estimate, List<String> invariants, List<String> agents) {
    PlanText text = new PlanText(estimate);
    text.out.append('\n');
    text.jobs();
    text.history();
    if (estimate.past().runs() > 0) {
      invariants.forEach(text::invariant);
      text.setUp();
      agents.forEach(text::lane);
      text.judges();
      text.minutes();
      text.money();
    }
    return text.out.toString();
  }

  private void jobs() {
    estimate
        .forecast()
        .ifPresent(
            forecast -> {
              line(
                  "rows",
                  range(forecast.rows())
                      + ": the frozen commit, and for each lane that can be asked its path, once"
                      + " more where that changes tests; a lane without a path has none");
              line("jobs", range(forecast.jobs()) + " that verify, besides propose and select");
              forecast.all().matrix().notices().forEach(notice -> line("notice", notice));
            });
    estimate.refused().forEach(why -> line("three jobs would be refused", why));
  }

  private void history() {
    PastCosts past = estimate.past();
    line(
        "history",
        past.runs() == 0
            ? "nothing is recorded of this workflow in the frozen commit, so that minutes and money are not known"
            : past.runs() + (past.runs() == 1 ? " run" : " runs"));
    List<String> unreadable = past.unreadable();
    unreadable.stream().limit(MOST_UNREADABLE).forEach(what -> line("not read", what));
    if (unreadable.size() > MOST_UNREADABLE) {
      line("not read", (unreadable.size() - MOST_UNREADABLE) + " more documents");
    }
  }

  private void invariant(String id) {
    Seen head = estimate.past().ofHead(id);
    Seen paths = estimate.past().ofPaths(id);
    line(
        "time " + id,
        head.count() + paths.count() == 0
            ? NO_HISTORY
            : "frozen commit " + times(head) + "; paths " + times(paths));
  }

  private void setUp() {
    Seen setUp = estimate.past().setUp();
    if (setUp.count() > 0) {
      line(
          "time of set-up",
          times(setUp) + (setUp.count() == 1 ? " job" : " jobs") + " that verified");
    }
  }

  private static String times(Seen seen) {
    return seen.count() == 0
        ? NO_HISTORY
        : "%s, at most %s of %d"
            .formatted(
                seen.median().map(PlanText::duration).orElse(""),
                seen.largest().map(PlanText::duration).orElse(""),
                seen.count());
  }

  private void lane(String agent) {
    PastCosts.Lane lane = estimate.past().of(agent);
    line(
        "history of " + agent,
        lane.asked() == 0
            ? NO_HISTORY
            : "a path in %d of %d runs; %s; %s"
                .formatted(
                    lane.proposed(),
                    lane.asked(),
                    lane.millis().median().map(PlanText::duration).orElse(""),
                    lane.usd().median().map(PlanText::usd).orElse("price not known")));
  }

  private void judges() {
    Seen judges = estimate.past().judges();
    judges
        .median()
        .ifPresent(usd -> line("history of judges", usd(usd) + " for all judging of one run"));
  }

  private void minutes() {
    estimate
        .minutes()
        .ifPresent(
            range ->
                line(
                    "minutes",
                    "%s billed, each job rounded up: %d for propose, %d for select, the rest for verifying%s; %s"
                        .formatted(
                            range(range),
                            estimate.proposeMinutes(),
                            RunEstimate.SELECT_MINUTES,
                            withoutHistory(),
                            setUpIncluded())));
    estimate
        .wallMillis()
        .ifPresent(
            millis ->
                line(
                    "waiting",
                    duration(BigDecimal.valueOf(millis))
                        + ", the slowest lane and the slowest job, where every job has a runner at once"));
  }

  private String setUpIncluded() {
    return estimate.past().setUp().count() > 0
        ? "with set-up of what verifies; that of propose and select is recorded nowhere and comes on top"
        : "without set-up, of which no earlier run tells and which comes on top";
  }

  private String withoutHistory() {
    long unknown = estimate.forecast().map(JobForecast::unknown).orElse(0L);
    return unknown == 0
        ? ""
        : " (%d jobs have a step without history, which counts as nothing)".formatted(unknown);
  }

  private void money() {
    String missing =
        estimate.unpriced().isEmpty()
            ? ""
            : "; no history: " + String.join(", ", estimate.unpriced());
    line("cost of lanes", estimate.lanesUsd().map(PlanText::usd).orElse("not known") + missing);
    Optional<BigDecimal> least = estimate.runners(JobForecast.Range::least);
    Optional<BigDecimal> most = estimate.runners(JobForecast.Range::most);
    line(
        "cost of runners",
        least.isPresent() && most.isPresent()
            ? usd(least.get()) + " to " + usd(most.get())
            : "not known; --per-minute takes the price of a minute in USD");
  }

  private static String usd(BigDecimal usd) {
    return Quantities.usd(usd);
  }

  private static String duration(BigDecimal millis) {
    long seconds = millis.movePointLeft(3).setScale(0, RoundingMode.CEILING).longValueExact();
    return Quantities.duration(seconds);
  }

  private static String range(JobForecast.Range range) {
    return range.least() == range.most()
        ? String.valueOf(range.most())
        : range.least() + " to " + range.most();
  }

  private void line(String name, String text) {
    out.append(name).append(": ").append(text).append('\n');
  }
}
