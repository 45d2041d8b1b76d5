package dev.optr.app;

import dev.optr.base.UserException;
import dev.optr.bundle.JobForecast;
import dev.optr.bundle.Matrix;
import dev.optr.record.PastCosts;
import dev.optr.workflow.Workflow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What a run of three jobs would come to, by the workflow file and by what earlier runs took.
 *
 * @param lanes that can be asked for a path
 * @param refused why propose would refuse, one message each; empty where it would not
 * @param forecast empty where no jobs could verify so much
 * @param perMinute USD of a billed minute of a runner; empty where nobody said it
 */
record RunEstimate(
    List<String> lanes,
    List<String> refused,
    Optional<JobForecast> forecast,
    PastCosts past,
    Optional<BigDecimal> perMinute) {

  /** Select runs nothing that takes long, and the least is billed. */
  static final long SELECT_MINUTES = 1;

  RunEstimate {
    lanes = List.copyOf(lanes);
    refused = List.copyOf(refused);
  }

  /**
   * @throws UserException where images cannot be some
   */
  static RunEstimate of(
      Prepared prepared, List<String> images, PastCosts past, Optional<BigDecimal> perMinute) {
    Matrix.of(List.of(), List.of(), images);
    Workflow workflow = prepared.workflow();
    List<String> lanes = prepared.proposers();
    List<String> refused = new ArrayList<>(new SeveralJobs(workflow).problems(lanes, images));
    prepared.judgesAtHand().missing().ifPresent(what -> refused.add("workflow: " + what));
    return new RunEstimate(
        lanes, refused, forecast(lanes, workflow, images, past), past, perMinute);
  }

  /** Empty where there would be too many jobs, which is among the refusals. */
  private static Optional<JobForecast> forecast(
      List<String> lanes, Workflow workflow, List<String> images, PastCosts past) {
    try {
      return Optional.of(JobForecast.of(lanes, workflow.invariants(), images, past));
    } catch (UserException tooMany) {
      return Optional.empty();
    }
  }

  /** Everything that GitHub bills, each job rounded up; empty where nothing is recorded. */
  Optional<JobForecast.Range> minutes() {
    return recorded().map(jobs -> jobs.minutes().plus(proposeMinutes() + SELECT_MINUTES));
  }

  /** What is billed for asking the lanes, all at once. */
  long proposeMinutes() {
    return JobForecast.minutes(slowestLane());
  }

  /** From the first question to the last verification; empty where nothing is recorded. */
  Optional<Long> wallMillis() {
    return recorded().map(jobs -> slowestLane() + jobs.slowest());
  }

  /** USD of the runners; empty where the minutes or their price are not known. */
  Optional<BigDecimal> runners(ToLongFunction<JobForecast.Range> end) {
    return minutes()
        .flatMap(
            range ->
                perMinute.map(usd -> usd.multiply(BigDecimal.valueOf(end.applyAsLong(range)))));
  }

  /** USD of the lanes whose price is known; empty where none is. */
  Optional<BigDecimal> lanesUsd() {
    return lanes.stream()
        .flatMap(lane -> past.of(lane).usd().median().stream())
        .reduce(BigDecimal::add);
  }

  /** Lanes that can be asked and whose price no run tells. */
  List<String> unpriced() {
    return lanes.stream().filter(lane -> past.of(lane).usd().count() == 0).toList();
  }

  private Optional<JobForecast> recorded() {
    return past.runs() == 0 ? Optional.empty() : forecast;
  }

  private long slowestLane() {
    return lanes.stream()
        .flatMap(lane -> past.of(lane).millis().median().stream())
        .mapToLong(millis -> millis.setScale(0, RoundingMode.CEILING).longValueExact())
        .max()
        .orElse(0);
  }
}
