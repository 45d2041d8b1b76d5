package dev.optr.evidence;

/** What became of one command on one tree. */
sealed interface CommandResult {
  /**
   * @param durationMs from its start until it exited or was ended
   * @param tests what is known of the tests that it ran
   */
  record Ended(Check.Command command, long durationMs, TestReading tests) implements CommandResult {
    /** It exited by itself and found something wrong. */
    boolean failed() {
      return finished() && !unavailable() && (!succeeded() || hasFailedTests());
    }

    /** Whether any test was seen to run. */
    boolean ranTests() {
      return tests instanceof TestReading.Counted(CountedTests counted) && counted.executed() > 0;
    }

    private boolean hasFailedTests() {
      return tests instanceof TestReading.Counted(CountedTests counted)
          && !counted.failed().isEmpty();
    }

    boolean succeeded() {
      return Integer.valueOf(0).equals(command.exitCode());
    }

    /** What {@code sh} says of a program that it cannot find or execute (POSIX, 2.8.2). */
    boolean unavailable() {
      Integer code = command.exitCode();
      return code != null && (code == 126 || code == 127);
    }

    boolean finished() {
      return !command.timedOut();
    }
  }

  /**
   * @param reason what is missing and what to do, one sentence
   */
  record NotStarted(String reason) implements CommandResult {}
}
