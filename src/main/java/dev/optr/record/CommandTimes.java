package dev.optr.record;

import dev.optr.evidence.Check;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** How long single runs of commands took, here or in jobs of their own. */
final class CommandTimes {
  private static final int MOST_JOBS = 64;
  private static final Duration LONGEST = Duration.ofDays(35);

  private CommandTimes() {}

  /**
   * Milliseconds by invariant, of the first check that ran it.
   *
   * @param invariants ids of those that count
   */
  static Map<String, List<BigDecimal>> of(List<Check> checks, Set<String> invariants) {
    Map<String, List<BigDecimal>> times = new HashMap<>();
    for (Check check : checks) {
      if (invariants.contains(check.id()) && check.ran()) {
        times.putIfAbsent(check.id(), millis(check).map(BigDecimal::valueOf).toList());
      }
    }
    return times;
  }

  private static Stream<Long> millis(Check check) {
    return switch (check.evidence()) {
      case Check.Command command -> Stream.of(check.durationMs() / runs(command));
      case Check.Jobs jobs -> jobs.runs().stream().limit(MOST_JOBS).flatMap(CommandTimes::millis);
      case Check.Merges _, Check.Review _, Check.Rule _ -> Stream.empty();
      case null -> Stream.empty();
    };
  }

  /** A check's duration is that of all of its runs. */
  private static long runs(Check.Command command) {
    Check.FrozenTests again = command.frozenTests();
    return Math.max(1, command.attempts())
        + (again == null ? 0L : Math.max(1, again.command().attempts()));
  }

  private static Stream<Long> millis(Check.Job job) {
    boolean ran =
        switch (job.conclusion()) {
          case SUCCESS, FAILURE, TIMED_OUT -> true;
          case CANCELLED, SKIPPED, UNKNOWN -> false;
        };
    if (!ran || job.startedAt() == null || job.completedAt() == null) {
      return Stream.empty();
    }
    // A whole run of GitHub Actions ends after 35 days: times that are further apart are not true.
    Duration took = Duration.between(job.startedAt(), job.completedAt());
    return took.isNegative() || took.compareTo(LONGEST) > 0
        ? Stream.empty()
        : Stream.of(took.toMillis());
  }
}
