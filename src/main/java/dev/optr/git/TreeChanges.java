package dev.optr.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** What leads from one tree to another, as recorded changes; no file counts as renamed. */
final class TreeChanges {
  private static final int MOST_ERRORS = 50;

  private final ObjectReader reader;
  private final List<Change> changes = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private long size;

  TreeChanges(ObjectReader reader) {
    this.reader = reader;
  }

  TreeResult between(ObjectId oldTree, ObjectId newTree) throws IOException {
    try (TreeWalk walk = new TreeWalk(reader)) {
      walk.addTree(oldTree);
      walk.addTree(newTree);
      walk.setRecursive(true);
      walk.setFilter(TreeFilter.ANY_DIFF);
      while (size <= CandidateTree.LARGEST && errors.size() < MOST_ERRORS && walk.next()) {
        add(walk);
      }
    }
    if (size > CandidateTree.LARGEST) {
      errors.add(EditApplier.tooLarge(size));
    }
    changes.sort(Comparator.comparing(Change::path, CandidateTree.BYTE_ORDER));
    return errors.isEmpty()
        ? new TreeResult.Applied(newTree.name(), changes)
        : new TreeResult.Rejected(errors);
  }

  private void add(TreeWalk walk) throws IOException {
    String path = walk.getPathString();
    Optional<String> problem = problem(walk, 0).or(() -> problem(walk, 1));
    if (problem.isPresent()) {
      errors.add(PathPolicy.printable(path) + ": " + problem.get());
    } else if (walk.getFileMode(1).equals(FileMode.MISSING)) {
      changes.add(Change.deleted(path));
    } else {
      addWritten(path, walk.getFileMode(1), walk.getObjectId(1));
    }
  }

  private static Optional<String> problem(TreeWalk walk, int tree) {
    FileMode mode = walk.getFileMode(tree);
    EditableTree.Leaf leaf = new EditableTree.Leaf(mode, walk.getObjectId(tree));
    return mode.equals(FileMode.MISSING) || leaf.isRegular()
        ? Optional.empty()
        : Optional.of("it is " + leaf.kind() + ", which no change may touch");
  }

  private void addWritten(String path, FileMode mode, ObjectId blob) throws IOException {
    size += reader.getObjectSize(blob, Constants.OBJ_BLOB);
    if (size <= CandidateTree.LARGEST) {
      byte[] content =
          reader.open(blob, Constants.OBJ_BLOB).getCachedBytes((int) CandidateTree.LARGEST);
      changes.add(Change.written(path, null, mode, blob, content));
    }
  }
}
