package dev.optr.agents;

import dev.optr.workflow.AgentSpec;

/**
 * What is done with each answer as it comes. Parallel lanes call it from several threads at once.
 *
 * @param <T> what the examination of one answer gives
 */
public interface Step<T> {
  /**
   * Called once per lane, also for failed lanes and those that were not asked. The lane's timeout
   * no longer runs.
   *
   * @throws InterruptedException when the whole run is cancelled
   */
  T examine(AgentSpec lane, Answer answer) throws InterruptedException;

  /** Whether a serial run that stops at the first admissible path may stop here. */
  boolean admissible(T result);
}
