package dev.optr.evidence;

import dev.optr.agents.Proposal;
import dev.optr.datalake.Candidate;
import java.util.List;

/** One kind of look at a path, and at the frozen commit where it says something about that. */
interface Examination {
  /**
   * @param found what the examinations before this one found out about the path
   */
  List<Finding> ofPath(Candidate candidate, Proposal proposal, List<Finding> found)
      throws InterruptedException;

  /** Of the frozen commit itself, which nobody proposed. */
  List<Finding> ofHead() throws InterruptedException;

  /** Costs minutes or money: a path that is already known not to be admissible is spared it. */
  interface Costly extends Examination {
    /**
     * @param because why it is not worth while, one sentence
     */
    List<Finding> notRun(Candidate candidate, String because);
  }
}
