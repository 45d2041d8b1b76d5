package dev.optr.evidence;

import dev.optr.evidence.Check.Result;
import java.util.Optional;
import java.util.function.Function;

/**
 * What became of a command on one tree, however often it ran.
 *
 * @param result of the run that decided
 * @param count how often it ran
 * @param flaky it failed and held on the same tree
 * @param durationMs of all runs
 */
record Attempts(CommandResult result, int count, boolean flaky, long durationMs) {
  private static final String ONCE_ONLY =
      "it failed, and held when it was tried again, which counts only twice in a row; have it run"
          + " once more";

  /** One run of the command on the tree. */
  @FunctionalInterface
  interface Run {
    /** Empty where it is not run any more. */
    Optional<? extends CommandResult> once() throws InterruptedException;
  }

  /**
   * Runs a command, and up to {@code retries} times again while it is broken. One that holds only
   * when tried again has to hold twice in a row, for which it runs once more.
   *
   * @param first the first run
   * @param again gives the further ones
   * @param outcome what a run says
   */
  static Attempts of(
      CommandResult first, Run again, int retries, Function<CommandResult, Result> outcome)
      throws InterruptedException {
    Attempts all = new Attempts(first, 1, false, first.durationMs());
    for (int retry = 0; retry < retries && all.is(Result.BROKEN, outcome); retry++) {
      Optional<? extends CommandResult> next = again.once();
      if (next.isEmpty()) {
        return all;
      }
      all = all.then(next.get());
      if (all.is(Result.HELD, outcome)) {
        all = all.confirmed(again.once()).asFlaky();
      }
    }
    return all;
  }

  private Attempts confirmed(Optional<? extends CommandResult> second) {
    return second.isPresent()
        ? then(second.get())
        : new Attempts(new CommandResult.NotStarted(ONCE_ONLY), count, flaky, durationMs);
  }

  private boolean is(Result wanted, Function<CommandResult, Result> outcome) {
    return outcome.apply(result) == wanted;
  }

  private Attempts then(CommandResult next) {
    return new Attempts(next, count + 1, flaky, durationMs + next.durationMs());
  }

  private Attempts asFlaky() {
    return new Attempts(result, count, true, durationMs);
  }
}
