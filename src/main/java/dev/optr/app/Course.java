package dev.optr.app;

import dev.optr.evidence.Examiner;
import dev.optr.evidence.OtherHeads;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeStore;
import java.util.Optional;

/**
 * The course that a run takes: agents asked and commands run here and now, or a bundle and the jobs
 * that verified it.
 */
interface Course {
  /** Opens a course once the run's input is frozen. */
  @FunctionalInterface
  interface Opening {
    Course open(GitRepository repository, Prepared prepared, TreeStore trees)
        throws InterruptedException;
  }

  /**
   * Whether agents are asked, or were, about an input that was not decided before.
   *
   * @param past empty where there is no ledger
   */
  boolean asks(Optional<PastRuns> past);

  /**
   * Before anybody is asked.
   *
   * @throws dev.optr.base.UserException where nothing could come of it
   */
  void require();

  LaneSource lanes();

  /** What commands run in, or ran, as it is recorded. */
  String isolation();

  /** The same as a reader of the report is told it. */
  String shownIsolation();

  /**
   * @param others empty where no other branch counts
   */
  Examiner examiner(Optional<OtherHeads.Source> others);

  /** Looks at the frozen commit alone. */
  Examiner headExaminer();
}
