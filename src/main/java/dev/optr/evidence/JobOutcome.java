package dev.optr.evidence;

import dev.optr.evidence.Check.Result;
import dev.optr.workflow.Invariant;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What one run in a job says by itself. Only what is told to have succeeded in time holds. */
final class JobOutcome {
  static final String NO_TESTS =
      "'must: not-worsen' compares test by test, which jobs do not tell; write 'must: hold'";

  private JobOutcome() {}

  /**
   * @param problem why it tells nothing, where that is known
   */
  static CommandResult.Told of(Invariant invariant, JobRun run, Optional<String> problem) {
    String attempt = " in attempt " + run.attempt();
    return switch (run.conclusion()) {
      case SUCCESS -> succeeded(invariant, run, attempt);
      case FAILURE -> failed(invariant, run, attempt);
      case TIMED_OUT -> late(run);
      case CANCELLED -> unknown(run, "its job was cancelled" + attempt);
      case SKIPPED -> unknown(run, "its job or step was skipped" + attempt);
      case UNKNOWN -> unknown(run, problem.orElse("what its job came to is not told" + attempt));
    };
  }

  private static CommandResult.Told succeeded(Invariant invariant, JobRun run, String attempt) {
    Optional<Duration> taken = taken(run);
    if (taken.isEmpty()) {
      return unknown(run, "its start and end are not told" + attempt);
    }
    if (taken.get().compareTo(invariant.timeout()) > 0) {
      return late(run);
    }
    return switch (invariant.must()) {
      case HOLD -> told(run, Result.HELD, "", true);
      case NOT_WORSEN -> unknown(run, NO_TESTS);
    };
  }

  /** A step that its own limit ended is told as a failure of just that length. */
  private static CommandResult.Told failed(Invariant invariant, JobRun run, String attempt) {
    boolean late = taken(run).filter(it -> it.compareTo(invariant.timeout()) >= 0).isPresent();
    return late ? late(run) : told(run, Result.BROKEN, "its step failed" + attempt, true);
  }

  /** Empty where it is not told, and where it would be less than nothing. */
  private static Optional<Duration> taken(JobRun run) {
    Instant start = run.startedAt();
    Instant end = run.completedAt();
    return start == null || end == null || end.isBefore(start)
        ? Optional.empty()
        : Optional.of(Duration.between(start, end));
  }

  private static CommandResult.Told late(JobRun run) {
    return told(run, Result.BROKEN, "it took too long", false);
  }

  private static CommandResult.Told unknown(JobRun run, String because) {
    return told(run, Result.UNKNOWN, because, false);
  }

  private static CommandResult.Told told(
      JobRun run, Result outcome, String because, boolean finished) {
    long durationMs = taken(run).map(Duration::toMillis).orElse(0L);
    return new CommandResult.Told(run, durationMs, outcome, because, finished);
  }
}
