package dev.optr.evidence;

import java.util.List;
import java.util.Optional;

/** Constraints in words, judged by agents. */
interface Reviews extends Examination.Costly {
  /**
   * What is found of a tree once it is known who reached it: none of them judges it. Empty where
   * nothing changes by that.
   */
  Optional<List<Finding>> settled(String tree);

  /** All that was asked by this process, of whatever tree. */
  List<PeerReview.Reviewed> all();
}
