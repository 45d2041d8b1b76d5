package dev.optr.git;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.api.errors.CanceledException;
import org.eclipse.jgit.diff.DiffConfig;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.RenameDetector;
import org.eclipse.jgit.errors.StopWalkException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/**
 * The files that one side of a merge moved, looked for when it is first asked. As with git, a file
 * counts as moved where half of it is the same, an empty one never does, and beyond a number of
 * files nothing does.
 */
final class SideRenames {
  private static final int MOST_CHANGES = 20_000;
  private static final int MOST_COMPARED = 400;
  private static final int LARGEST_COMPARED = 1 << 20;
  private static final int SIMILARITY_PERCENT = 50;

  private final ObjectReader reader;
  private final ObjectId base;
  private final ObjectId side;
  private @Nullable Map<String, Moved> byOldPath;

  /** Where a file is now. */
  record Moved(String path, EditableTree.Leaf leaf) {}

  SideRenames(ObjectReader reader, ObjectId base, ObjectId side) {
    this.reader = reader;
    this.base = base;
    this.side = side;
  }

  /** Where the file of a path went, null where it went nowhere. */
  @Nullable Moved of(String oldPath) throws IOException {
    if (byOldPath == null) {
      byOldPath = find();
    }
    return byOldPath.get(oldPath);
  }

  private Map<String, Moved> find() throws IOException {
    Map<String, Moved> found = new HashMap<>();
    RenameDetector detector = new RenameDetector(reader, new Config().get(DiffConfig.KEY));
    detector.setRenameScore(SIMILARITY_PERCENT);
    detector.setRenameLimit(MOST_COMPARED);
    detector.setBigFileThreshold(LARGEST_COMPARED);
    detector.addAll(changes());
    try {
      for (DiffEntry entry : detector.compute(reader, NullProgressMonitor.INSTANCE)) {
        if (entry.getChangeType() == DiffEntry.ChangeType.RENAME) {
          EditableTree.Leaf leaf =
              new EditableTree.Leaf(entry.getNewMode(), entry.getNewId().toObjectId());
          found.put(entry.getOldPath(), new Moved(entry.getNewPath(), leaf));
        }
      }
    } catch (CanceledException e) {
      throw new IllegalStateException("nobody cancels it", e);
    }
    return found;
  }

  /** Files that are there on one side alone; none where there are too many to look at. */
  private List<DiffEntry> changes() throws IOException {
    OnOneSide filter = new OnOneSide();
    try (TreeWalk walk = new TreeWalk(reader)) {
      walk.addTree(base);
      walk.addTree(side);
      walk.setRecursive(true);
      walk.setFilter(filter);
      List<DiffEntry> changes = DiffEntry.scan(walk);
      return filter.count > MOST_CHANGES ? List.of() : changes;
    }
  }

  /** Counts what it lets through, and ends the walk where that is too much. */
  private static final class OnOneSide extends TreeFilter {
    private int count;

    @Override
    public boolean include(TreeWalk walk) throws IOException {
      if (count > MOST_CHANGES) {
        throw StopWalkException.INSTANCE;
      }
      boolean hidden = walk.getDepth() == 0 && walk.getNameString().equals(CommitReader.DATALAKE);
      if (hidden || !TreeFilter.ANY_DIFF.include(walk)) {
        return false;
      }
      if (walk.isSubtree()) {
        return true;
      }
      boolean one =
          walk.getFileMode(0).equals(FileMode.MISSING)
              ? !isEmpty(walk, 1)
              : walk.getFileMode(1).equals(FileMode.MISSING) && !isEmpty(walk, 0);
      // A long path counts as several files, since its text is kept.
      count += one ? 1 + walk.getPathLength() / 200 : 0;
      return one;
    }

    private static boolean isEmpty(TreeWalk walk, int tree) {
      return walk.getObjectId(tree).equals(Constants.EMPTY_BLOB_ID);
    }

    @Override
    public boolean shouldBeRecursive() {
      return false;
    }

    @Override
    public TreeFilter clone() {
      return this;
    }
  }
}
