package dev.optr.agents;

import java.util.Optional;

/**
 * One configured proposer. Whatever goes wrong at the provider is an {@link Answer.Failed}, never
 * an exception.
 */
@FunctionalInterface
public interface Agent {
  /**
   * Asks once and waits for the whole answer.
   *
   * @param log the lane's own record; what is written there survives a timeout
   * @throws InterruptedException when the lane's time is over; whatever was started has been ended
   */
  Answer ask(Question question, LaneLog log) throws InterruptedException;

  /** Why asking is of no use, where that is known before; empty where the agent can be asked. */
  default Optional<String> unavailable() {
    return Optional.empty();
  }

  /** Whether it can also judge the paths of others, by asking its model without a working copy. */
  default Judging judging() {
    return new Judging.Unable("agents of this type answer with changes alone");
  }
}
