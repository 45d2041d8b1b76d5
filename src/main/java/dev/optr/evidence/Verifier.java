package dev.optr.evidence;

import dev.optr.evidence.FrozenTests.Version;
import dev.optr.workflow.Invariant;

/** Finds out what one invariant comes to on one tree. */
interface Verifier {
  /** On the frozen commit. */
  Finding ofFrozen(Invariant invariant) throws InterruptedException;

  /** On a path's own tree. */
  Finding ofTree(Invariant invariant, String tree) throws InterruptedException;

  /**
   * What holds on a path's own tree must hold with the frozen tests, too.
   *
   * @param own what was found on the path's own tree
   */
  Finding withFrozenTests(Invariant invariant, Finding own, Version.PutBack version)
      throws InterruptedException;
}
