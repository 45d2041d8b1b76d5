package dev.optr.base;

/**
 * Told after everything that outlives the process: a file written, a ref moved, a request answered.
 * The program passes {@link #NONE}; a test passes one that halts the process, to prove that a run
 * survives a kill at any of these points.
 */
@FunctionalInterface
public interface Checkpoint {
  Checkpoint NONE = _ -> {};

  /**
   * @param what what is now durable, for the test's log
   */
  void passed(String what);
}
