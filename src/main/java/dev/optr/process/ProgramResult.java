package dev.optr.process;

import org.jspecify.annotations.Nullable;

/** What became of a program. Whatever it left running has been ended. */
public sealed interface ProgramResult {
  /**
   * @param durationMs from its start until it exited
   */
  record Exited(int exitCode, long durationMs) implements ProgramResult {}

  /**
   * It took too long, took too much, or a reader of its output had enough, and it was ended.
   *
   * @param exceeded what it took too much of, one clause about 'it'; null where it did not
   */
  record Stopped(@Nullable String exceeded, long durationMs) implements ProgramResult {}

  /**
   * @param reason what the system said
   */
  record NotStarted(String reason) implements ProgramResult {}
}
