package dev.optr.record;

import dev.optr.evidence.Check;
import dev.optr.evidence.JobRun;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What jobs took besides the steps that verify: the runner's set-up, checkout, the user's steps.
 */
final class SetUpTimes {
  private static final int MOST_JOBS = 256;

  private SetUpTimes() {}

  /**
   * One job, whose steps may be those of several invariants.
   *
   * @param page tells apart jobs of one row that began and ended together
   */
  private record Key(
      String row,
      @Nullable String image,
      int attempt,
      String runner,
      @Nullable String page,
      JobRun.Whole whole) {
    static Optional<Key> of(Check.Job step) {
      return Optional.ofNullable(step.whole())
          .map(
              whole ->
                  new Key(
                      step.row(), step.image(), step.attempt(), step.runner(), step.page(), whole));
    }
  }

  /** A step as one check tells it: that of a tree which several agents share is told by each. */
  private record Step(String invariant, Check.Job job) {
    static Stream<Step> of(Check check) {
      return check.evidence() instanceof Check.Jobs jobs
          ? jobs.runs().stream().map(job -> new Step(check.id(), job))
          : Stream.empty();
    }
  }

  /**
   * Milliseconds, of each job of which all times are told.
   *
   * @param checks of one run, from all of its documents
   */
  static List<BigDecimal> of(List<Check> checks) {
    Map<Key, List<Check.Job>> jobs = new LinkedHashMap<>();
    checks.stream()
        .flatMap(Step::of)
        .distinct()
        .map(Step::job)
        .forEach(job -> Key.of(job).ifPresent(key -> add(jobs, key, job)));
    return jobs.entrySet().stream()
        .limit(MOST_JOBS)
        .flatMap(job -> besides(job.getKey().whole(), job.getValue()).stream())
        .map(BigDecimal::valueOf)
        .toList();
  }

  private static void add(Map<Key, List<Check.Job>> jobs, Key key, Check.Job step) {
    jobs.computeIfAbsent(key, _ -> new ArrayList<>()).add(step);
  }

  private static Optional<Long> besides(JobRun.Whole whole, List<Check.Job> steps) {
    List<Optional<Long>> taken = steps.stream().map(SetUpTimes::taken).toList();
    if (taken.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    long inSteps = taken.stream().flatMap(Optional::stream).mapToLong(Long::longValue).sum();
    return CommandTimes.taken(whole.conclusion(), whole.startedAt(), whole.completedAt())
        .map(all -> all - inSteps)
        .filter(rest -> rest >= 0);
  }

  private static Optional<Long> taken(Check.Job step) {
    return step.conclusion() == JobRun.Conclusion.SKIPPED
        ? Optional.of(0L)
        : CommandTimes.taken(step.conclusion(), step.startedAt(), step.completedAt());
  }
}
