package dev.optr.record;

import dev.optr.evidence.Check;
import dev.optr.evidence.JobRun;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
    return taken(job.conclusion(), job.startedAt(), job.completedAt()).stream();
  }

  /** Milliseconds of a step or a job that ran to its end; empty where they are not told. */
  static Optional<Long> taken(
      JobRun.Conclusion conclusion, @Nullable Instant start, @Nullable Instant end) {
    boolean ran =
        switch (conclusion) {
          case SUCCESS, FAILURE, TIMED_OUT -> true;
          case CANCELLED, SKIPPED, UNKNOWN -> false;
        };
    if (!ran || start == null || end == null) {
      return Optional.empty();
    }
    // A whole run of GitHub Actions ends after 35 days: times that are further apart are not true.
    Duration took = Duration.between(start, end);
    return took.isNegative() || took.compareTo(LONGEST) > 0
        ? Optional.empty()
        : Optional.of(took.toMillis());
  }
}
