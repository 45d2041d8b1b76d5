package dev.optr.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was looked at.
 *
 * @param id {@code patch-applies}, {@code paths-allowed}, or the id of an invariant or constraint
 * @param because why the result is not {@code held}: one sentence per finding; empty where it is
 * @param evidence what was seen; null where the sentences of {@code because} say all, and where
 *     nothing was looked at
 * @param repeat how a person repeats it; null where there is nothing to run
 * @param brokenBefore the frozen commit fails the same check; for information
 */
public record Check(
    String id,
    Result result,
    List<String> because,
    long durationMs,
    @Nullable Evidence evidence,
    @Nullable String repeat,
    boolean brokenBefore) {

  public Check {
    because = List.copyOf(because);
  }

  public enum Result {
    HELD,
    BROKEN,
    UNKNOWN,
    NOT_RUN
  }

  /** What was seen, by kind of check. */
  public sealed interface Evidence {}

  /**
   * @param exitCode null where the command was ended before it exited
   * @param outputTail the end of its output, at most 16 KiB, redacted, without terminal colours
   */
  public record Command(@Nullable Integer exitCode, boolean timedOut, String outputTail)
      implements Evidence {}

  /** What a command did; null where no command ran. */
  public @Nullable Command command() {
    return evidence instanceof Command command ? command : null;
  }

  public boolean held() {
    return result == Result.HELD;
  }
}
