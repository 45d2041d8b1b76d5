package dev.optr.git;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.NameConflictTreeWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/**
 * Tries a three-way merge of trees, in memory and without a result. Only directories that both
 * sides changed are looked into, so that sides which have nothing in common cost next to nothing.
 * The top-level entry {@code datalake} is left out.
 */
final class TreeMerge {
  private static final int MOST_FILES = 50;
  private static final int MOST_DELETED = 20_000;
  private static final int BASE = 0;
  private static final int OURS = 1;
  private static final int THEIRS = 2;

  private final ObjectReader reader;
  private final ObjectId base;
  private final ObjectId ours;
  private final ObjectId theirs;
  private final ContentMerge contents;
  private final SideRenames ourRenames;
  private final SideRenames theirRenames;
  private final SortedSet<String> conflicts = new TreeSet<>();
  private final SortedSet<String> tooLarge = new TreeSet<>();

  // What a renamed file may explain: decided when the walk is over.
  private final List<Survivor> survivors = new ArrayList<>();
  private final List<String> deletedByBoth = new ArrayList<>();
  private final Map<String, Added> addedByBoth = new HashMap<>();
  private final Map<String, EditableTree.Leaf> deletedLeaves = new HashMap<>();

  /** A file that one side deleted and the other one changed. */
  private record Survivor(
      String path, EditableTree.Leaf before, EditableTree.Leaf changed, boolean deletedByUs) {}

  private record Added(EditableTree.Leaf ours, EditableTree.Leaf theirs) {}

  TreeMerge(ObjectReader reader, ObjectId base, ObjectId ours, ObjectId theirs) {
    this.reader = reader;
    this.base = base;
    this.ours = ours;
    this.theirs = theirs;
    this.contents = new ContentMerge(reader);
    this.ourRenames = new SideRenames(reader, base, ours);
    this.theirRenames = new SideRenames(reader, base, theirs);
  }

  MergeTrial attempt() throws IOException {
    walk();
    for (Survivor survivor : survivors) {
      settle(survivor);
    }
    for (String path : deletedByBoth) {
      settleDeleted(path);
    }
    for (Map.Entry<String, Added> added : addedByBoth.entrySet()) {
      note(added.getKey(), contents.of(null, added.getValue().ours(), added.getValue().theirs()));
    }
    if (!conflicts.isEmpty()) {
      return new MergeTrial.Conflicts(
          conflicts.stream().limit(MOST_FILES).map(PathPolicy::printable).toList(),
          conflicts.size());
    }
    return tooLarge.isEmpty()
        ? new MergeTrial.Clean()
        : new MergeTrial.Unknown(
            "'" + PathPolicy.printable(tooLarge.getFirst()) + "' is too large to merge by lines");
  }

  private void walk() throws IOException {
    try (NameConflictTreeWalk walk = new NameConflictTreeWalk(reader)) {
      walk.addTree(base);
      walk.addTree(ours);
      walk.addTree(theirs);
      while (walk.next()) {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedIOException("interrupted while merging");
        }
        boolean hidden = walk.getDepth() == 0 && walk.getNameString().equals(CommitReader.DATALAKE);
        if (!hidden && !same(walk, BASE, OURS) && !same(walk, BASE, THEIRS) && look(walk)) {
          walk.enterSubtree();
        }
      }
    }
  }

  /** Looks at what both sides changed; says whether there is more to see below it. */
  private boolean look(TreeWalk walk) throws IOException {
    EditableTree.@Nullable Leaf own = leaf(walk, OURS);
    EditableTree.@Nullable Leaf other = leaf(walk, THEIRS);
    EditableTree.@Nullable Leaf before = leaf(walk, BASE);
    if (own != null && other != null) {
      both(walk.getPathString(), before, own, other);
    } else if (own != null || other != null) {
      one(walk, before, own, other);
    } else if (before != null) {
      deleted(walk.getPathString(), before);
    }
    return isTree(walk, BASE) || isTree(walk, OURS) || isTree(walk, THEIRS);
  }

  private void both(
      String path,
      EditableTree.@Nullable Leaf before,
      EditableTree.Leaf own,
      EditableTree.Leaf other)
      throws IOException {
    if (before == null) {
      addedByBoth.put(path, new Added(own, other));
    } else {
      note(path, contents.of(before, own, other));
    }
  }

  /** One side has a file here, the other one a directory or nothing. */
  private void one(
      TreeWalk walk,
      EditableTree.@Nullable Leaf before,
      EditableTree.@Nullable Leaf own,
      EditableTree.@Nullable Leaf other)
      throws IOException {
    String path = walk.getPathString();
    EditableTree.Leaf file = own == null ? other : own;
    if (before != null && file != null) {
      survivors.add(new Survivor(path, before, file, own == null));
    } else if (addsFiles(walk, own == null ? OURS : THEIRS)) {
      conflicts.add(path);
    }
  }

  private void deleted(String path, EditableTree.Leaf before) {
    if (deletedByBoth.size() < MOST_DELETED) {
      deletedByBoth.add(path);
      deletedLeaves.put(path, before);
    }
  }

  /** Whether a side has a directory here with files that the base has not. */
  private boolean addsFiles(TreeWalk at, int side) throws IOException {
    if (!isTree(at, side) || !isTree(at, BASE)) {
      return isTree(at, side);
    }
    try (TreeWalk walk = new TreeWalk(reader)) {
      walk.addTree(at.getObjectId(BASE));
      walk.addTree(at.getObjectId(side));
      walk.setRecursive(true);
      walk.setFilter(TreeFilter.ANY_DIFF);
      while (walk.next()) {
        if (walk.getFileMode(0).equals(FileMode.MISSING)) {
          return true;
        }
      }
      return false;
    }
  }

  private void settle(Survivor survivor) throws IOException {
    SideRenames renames = survivor.deletedByUs() ? ourRenames : theirRenames;
    SideRenames.@Nullable Moved moved = renames.of(survivor.path());
    if (moved == null) {
      conflicts.add(survivor.path());
    } else {
      note(survivor.path(), contents.of(survivor.before(), moved.leaf(), survivor.changed()));
    }
  }

  /** Both deleted it: nothing to choose, unless somebody moved it. */
  private void settleDeleted(String path) throws IOException {
    SideRenames.@Nullable Moved own = ourRenames.of(path);
    SideRenames.@Nullable Moved other = theirRenames.of(path);
    if (own == null && other == null) {
      return;
    }
    if (own == null || other == null || !own.path().equals(other.path())) {
      conflicts.add(path);
      return;
    }
    addedByBoth.remove(own.path());
    note(own.path(), contents.of(deletedLeaves.get(path), own.leaf(), other.leaf()));
  }

  private void note(String path, ContentMerge.Outcome outcome) {
    switch (outcome) {
      case CLEAN -> {}
      case CONFLICT -> conflicts.add(path);
      case TOO_LARGE -> tooLarge.add(path);
    }
  }

  private static boolean same(TreeWalk walk, int one, int other) {
    return walk.getFileMode(one).equals(walk.getFileMode(other)) && walk.idEqual(one, other);
  }

  private static boolean isTree(TreeWalk walk, int tree) {
    return walk.getFileMode(tree).equals(FileMode.TREE);
  }

  private static EditableTree.@Nullable Leaf leaf(TreeWalk walk, int tree) {
    FileMode mode = walk.getFileMode(tree);
    return mode.equals(FileMode.TREE) || mode.equals(FileMode.MISSING)
        ? null
        : new EditableTree.Leaf(mode, walk.getObjectId(tree));
  }
}
