package dev.optr.evidence;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of an invariant's step in a job of its own, as a third party tells it.
 *
 * @param row name of the {@link Row}
 * @param invariant id
 * @param image label of the runner; null where there is one kind alone
 * @param attempt of the whole run, from 1
 * @param conclusion of the step, together with its job
 * @param startedAt of the step; null where it is not told
 * @param completedAt of the step; null where it is not told
 * @param runner name of the machine; empty where it is not told
 * @param page where people can look at it; null where there is none
 * @param whole the job that has the step; null where it is not told
 */
public record JobRun(
    String row,
    String invariant,
    @Nullable String image,
    int attempt,
    Conclusion conclusion,
    @Nullable Instant startedAt,
    @Nullable Instant completedAt,
    String runner,
    @Nullable String page,
    @Nullable Whole whole) {

  /**
   * A job from its set-up to its end. It tells what verifying cost, and decides nothing: a step
   * that succeeded holds also in a job that failed before or behind it.
   *
   * @param conclusion of the job; {@code UNKNOWN} also while it runs
   * @param startedAt when a runner took it; null where it is not told
   * @param completedAt null where it is not told
   */
  public record Whole(
      Conclusion conclusion, @Nullable Instant startedAt, @Nullable Instant completedAt) {}

  public enum Conclusion {
    SUCCESS,
    FAILURE,
    TIMED_OUT,
    CANCELLED,
    SKIPPED,
    /** Nothing that counts: not completed, doubled, of another commit, without the step. */
    UNKNOWN
  }
}
