package dev.optr.agents;

import dev.optr.workflow.AgentSpec;
import java.time.InstantSource;
import java.util.Optional;

/** A lane that cannot be asked: no credential, or nothing that speaks to its provider. */
public final class UnavailableAgent implements Agent {
  private final String reason;
  private final InstantSource clock;

  private UnavailableAgent(String reason, InstantSource clock) {
    this.reason = reason;
    this.clock = clock;
  }

  /**
   * @param inputs what to set, in the words of where the program runs: {@code input
   *     'openai-api-key'}, {@code variable 'OPENAI_API_KEY'}
   */
  public static UnavailableAgent withoutCredential(String inputs, InstantSource clock) {
    return new UnavailableAgent("no credential; set the " + inputs, clock);
  }

  /** A type that the workflow file knows and this version does not speak to. */
  public static UnavailableAgent notBuilt(AgentSpec spec, InstantSource clock) {
    return new UnavailableAgent(
        "agents of type '" + spec.type().id() + "' are not built in this version", clock);
  }

  /** Any other reason, lower-case and without a final period. */
  public static UnavailableAgent because(String reason, InstantSource clock) {
    return new UnavailableAgent(reason, clock);
  }

  @Override
  public Answer ask(Question question) {
    return new Answer.Failed(FailureCode.UNAVAILABLE, reason, Exchange.none(clock.instant()));
  }

  @Override
  public Optional<String> unavailable() {
    return Optional.of(reason);
  }
}
