package dev.optr.agents;

/** Whether an agent can judge the changes of others. */
public sealed interface Judging {
  record Able(Judge judge) implements Judging {}

  /**
   * @param reason lower-case and without a final period
   */
  record Unable(String reason) implements Judging {}
}
