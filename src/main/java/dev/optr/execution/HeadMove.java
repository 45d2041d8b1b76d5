package dev.optr.execution;

/** Puts the branch of a pull request on its anchor. */
public interface HeadMove {
  /**
   * @param anchor id of a commit that GitHub has and no ref leads to yet
   */
  Performed move(Plan plan, String anchor) throws InterruptedException;
}
