package dev.optr.agents;

import java.util.Optional;

/** A lane that cannot be asked: no credential, or nothing that speaks to its provider. */
public final class UnavailableAgent implements Agent {
  private final String reason;

  private UnavailableAgent(String reason) {
    this.reason = reason;
  }

  /**
   * @param inputs what to set, in the words of where the program runs: {@code input
   *     'openai-api-key'}, {@code variable 'OPENAI_API_KEY'}
   */
  public static UnavailableAgent withoutCredential(String inputs) {
    return new UnavailableAgent("no credential; set the " + inputs);
  }

  /** Any other reason, lower-case and without a final period. */
  public static UnavailableAgent because(String reason) {
    return new UnavailableAgent(reason);
  }

  @Override
  public Answer ask(Question question, LaneLog log) {
    return new Answer.Failed(FailureCode.UNAVAILABLE, reason, Exchange.none(log.startedAt()));
  }

  @Override
  public Optional<String> unavailable() {
    return Optional.of(reason);
  }

  @Override
  public Judging judging() {
    return new Judging.Unable(reason);
  }
}
