package dev.optr.evidence;

/** What became of one command on one tree. */
sealed interface CommandResult {
  /**
   * @param durationMs from its start until it exited or was ended
   */
  record Ended(Check.Command command, long durationMs) implements CommandResult {
    /** It exited by itself and found something wrong. */
    boolean failed() {
      return finished() && !succeeded() && !unavailable();
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
