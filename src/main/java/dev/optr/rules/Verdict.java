package dev.optr.rules;

/** What a rule says of a candidate. */
public sealed interface Verdict {
  record Held() implements Verdict {}

  record Broken() implements Verdict {}

  /**
   * Not known: a fact that would decide is not, or the rule failed.
   *
   * @param reason one short line
   * @param later whether more facts can change it
   */
  record Undetermined(String reason, boolean later) implements Verdict {}
}
