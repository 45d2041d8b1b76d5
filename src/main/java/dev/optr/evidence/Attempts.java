package dev.optr.evidence;

import dev.optr.evidence.Check.Result;
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
  /** One run of the command on the tree. */
  @FunctionalInterface
  interface Run {
    CommandResult once() throws InterruptedException;
  }

  /**
   * Runs a command, and up to {@code retries} times again while it is broken. One that holds only
   * when tried again has to hold twice in a row, for which it runs once more.
   *
   * @param outcome what a run says
   */
  static Attempts of(Run run, int retries, Function<CommandResult, Result> outcome)
      throws InterruptedException {
    Attempts all = once(run.once());
    for (int retry = 0; retry < retries && all.is(Result.BROKEN, outcome); retry++) {
      all = all.then(run.once());
      if (all.is(Result.HELD, outcome)) {
        all = all.then(run.once()).asFlaky();
      }
    }
    return all;
  }

  private boolean is(Result wanted, Function<CommandResult, Result> outcome) {
    return outcome.apply(result) == wanted;
  }

  private static Attempts once(CommandResult result) {
    return new Attempts(result, 1, false, duration(result));
  }

  private Attempts then(CommandResult next) {
    return new Attempts(next, count + 1, flaky, durationMs + duration(next));
  }

  private Attempts asFlaky() {
    return new Attempts(result, count, true, durationMs);
  }

  private static long duration(CommandResult result) {
    return switch (result) {
      case CommandResult.Ended ended -> ended.durationMs();
      case CommandResult.NotStarted _ -> 0;
    };
  }
}
