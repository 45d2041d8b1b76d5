package dev.optr.agents;

/** One lane's conversation with a model. Used by one thread. */
public interface Conversation extends AutoCloseable {
  /**
   * Sends the prompt and waits for the whole first turn.
   *
   * @param outputTokens the most that the turn may take, reasoning included
   * @throws InterruptedException when the lane's time is over
   */
  Turn begin(int outputTokens) throws InterruptedException;

  /** Sends what comes next, with all that was said before, and waits for the whole turn. */
  Turn next(Message message, int outputTokens) throws InterruptedException;

  /** Ends what may still run at the provider, in less than a second; a failure to do so is none. */
  @Override
  void close();
}
