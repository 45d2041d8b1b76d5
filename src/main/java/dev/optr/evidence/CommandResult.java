package dev.optr.evidence;

/** What became of one command on one tree. */
sealed interface CommandResult {
  /** It came to an end by itself within its limit. */
  boolean finished();

  /** It came to an end by itself and found something wrong. */
  boolean failed();

  long durationMs();

  /**
   * @param durationMs from its start until it exited or was ended
   * @param tests what is known of the tests that it ran
   */
  record Ended(Check.Command command, long durationMs, TestReading tests) implements CommandResult {
    @Override
    public boolean failed() {
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

    @Override
    public boolean finished() {
      return !command.timedOut();
    }
  }

  /**
   * A job that a third party tells of.
   *
   * @param durationMs of its step; 0 where that is not told
   * @param outcome what it comes to by itself; broken where it took longer than its limit
   * @param because why it is not held; empty where it is
   * @param finished within its limit
   */
  record Told(JobRun run, long durationMs, Check.Result outcome, String because, boolean finished)
      implements CommandResult {
    @Override
    public boolean failed() {
      return finished && outcome == Check.Result.BROKEN;
    }
  }

  /**
   * @param reason what is missing and what to do, one sentence
   */
  record NotStarted(String reason) implements CommandResult {
    @Override
    public boolean finished() {
      return false;
    }

    @Override
    public boolean failed() {
      return false;
    }

    @Override
    public long durationMs() {
      return 0;
    }
  }
}
