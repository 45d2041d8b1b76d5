package dev.optr.execution;

/** Makes the executed commit and puts the branch on it, or does neither. */
public interface ExecutedMove {
  /** Never {@link Executed.Refused}: what may be executed was decided before. */
  Executed perform(ExecutedPlan plan) throws InterruptedException;
}
