package dev.optr.evidence;

/** Where invariants are found to hold or not. */
public sealed interface Verification {
  /** In this process, as commands of its own. */
  record Here(CommandPolicy policy, CommandRunner runner) implements Verification {}

  /** In jobs that have run, of which a third party tells how they concluded. */
  record ByJobs(JobsTold told) implements Verification {}

  /**
   * In jobs that are yet to run: every invariant is {@code not_run}, and reviews go on where
   * nothing else decides against a path.
   */
  record Later() implements Verification {}
}
