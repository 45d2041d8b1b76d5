package dev.optr.execution;

/** Whether a decision may be executed on a commit. */
public sealed interface Authority {
  /** It may, and nothing else than this. */
  record Granted(SelectedPath path) implements Authority {}

  /**
   * It may not.
   *
   * @param message one sentence for people
   */
  record Refused(Refusal why, String message) implements Authority {}
}
