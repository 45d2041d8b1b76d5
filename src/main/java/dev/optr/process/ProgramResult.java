package dev.optr.process;

/** What became of a program. Whatever it left running has been ended. */
public sealed interface ProgramResult {
  /**
   * @param durationMs from its start until it exited
   */
  record Exited(int exitCode, long durationMs) implements ProgramResult {}

  /** It took too long, or a reader of its output had enough, and it was ended. */
  record Stopped(long durationMs) implements ProgramResult {}

  /**
   * @param reason what the system said
   */
  record NotStarted(String reason) implements ProgramResult {}
}
