package dev.optr.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.errors.NoMergeBaseException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.RecursiveMerger;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;

/** What two commits have in common: the tree that both sides of their merge started from. */
final class MergeBase {
  private MergeBase() {}

  sealed interface Search {}

  /**
   * @param base the tree of the one merge base, or of several merged with each other, as git does
   * @param other the tree of the other commit
   */
  record Found(ObjectId base, ObjectId other) implements Search {}

  record NotFound(MergeTrial why) implements Search {}

  /**
   * Looks for it.
   *
   * @param walk of the repository with the history; used again and again, since what it has read of
   *     the history it knows
   * @param store where a merge of several merge bases may be kept
   */
  static Search of(RevWalk walk, Repository store, boolean shallow, ObjectId own, ObjectId other)
      throws IOException {
    try {
      walk.reset();
      walk.setRevFilter(RevFilter.MERGE_BASE);
      RevCommit tip = walk.parseCommit(other);
      walk.markStart(walk.parseCommit(own));
      walk.markStart(tip);
      List<RevCommit> bases = new ArrayList<>();
      for (RevCommit base : walk) {
        bases.add(base);
      }
      if (bases.isEmpty()) {
        return new NotFound(
            shallow
                ? new MergeTrial.Unknown("the history here is cut off before a common commit")
                : new MergeTrial.Unrelated());
      }
      ObjectId base =
          bases.size() == 1
              ? bases.getFirst().getTree()
              : new SeveralBases(store).merged(own, other);
      return new Found(base.copy(), tip.getTree().copy());
    } catch (NoMergeBaseException _) {
      return new NotFound(
          new MergeTrial.Unknown("the commits that it has in common do not merge with each other"));
    }
  }

  /** Histories that cross have several; git merges those first, conflicts and all. */
  private static final class SeveralBases extends RecursiveMerger {
    private SeveralBases(Repository store) {
      super(store, true);
    }

    private ObjectId merged(ObjectId own, ObjectId other) throws IOException {
      return getBaseCommit(walk.parseCommit(own), walk.parseCommit(other)).getTree();
    }
  }
}
