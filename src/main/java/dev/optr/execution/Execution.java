package dev.optr.execution;

/** The one step that changes the world. */
public interface Execution {
  Performed perform(Plan plan) throws InterruptedException;
}
