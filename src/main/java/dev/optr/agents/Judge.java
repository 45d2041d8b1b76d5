package dev.optr.agents;

/** Says of a change whether it respects constraints. What goes wrong is a value, as with agents. */
@FunctionalInterface
public interface Judge {
  /**
   * Asks once and waits for the whole answer.
   *
   * @param log of this asking alone
   * @throws InterruptedException when the time is over; whatever was started has been ended
   */
  Judgement judge(ReviewQuestion question, ReviewQuestion.Order order, LaneLog log)
      throws InterruptedException;
}
