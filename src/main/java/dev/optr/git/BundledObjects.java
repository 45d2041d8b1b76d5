package dev.optr.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** The objects that commits upon a prerequisite need besides those of the prerequisite itself. */
final class BundledObjects {
  private final ObjectReader reader;
  private final ObjectId base;
  private final Set<ObjectId> trees = new LinkedHashSet<>();
  private final Set<ObjectId> contents = new LinkedHashSet<>();

  BundledObjects(ObjectReader reader, String prerequisite) throws IOException {
    this.reader = reader;
    this.base = CommitReader.tree(reader, prerequisite);
  }

  /** The commits, then trees, then contents: each once, in the order in which they are met. */
  List<ObjectId> of(List<String> commits) throws IOException {
    List<ObjectId> all = new ArrayList<>();
    for (String commit : commits) {
      all.add(ObjectId.fromString(commit));
      add(CommitReader.tree(reader, commit));
    }
    all.addAll(trees);
    all.addAll(contents);
    return all;
  }

  /**
   * @throws org.eclipse.jgit.errors.MissingObjectException where a tree is not there
   */
  private void add(ObjectId tree) throws IOException {
    if (!tree.equals(base)) {
      trees.add(tree);
    }
    try (TreeWalk walk = new TreeWalk(reader)) {
      walk.addTree(tree);
      walk.addTree(base);
      walk.setFilter(TreeFilter.ANY_DIFF);
      while (walk.next()) {
        addEntry(walk);
      }
    }
  }

  private void addEntry(TreeWalk walk) throws IOException {
    FileMode mode = walk.getFileMode(0);
    if (mode.equals(FileMode.MISSING) || mode.equals(FileMode.GITLINK)) {
      return;
    }
    ObjectId id = walk.getObjectId(0);
    boolean same = id.equals(walk.getObjectId(1));
    if (mode.equals(FileMode.TREE)) {
      if (!same) {
        trees.add(id);
        walk.enterSubtree();
      }
    } else if (!same) {
      contents.add(id);
    }
  }
}
