package dev.optr.git;

import dev.optr.base.UserException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.attributes.Attribute;
import org.eclipse.jgit.lib.CoreConfig.EolStreamType;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.TreeWalk.OperationType;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/** What differs between two trees, with the attributes that a checkout of either goes by. */
final class WorkspaceChanges {
  private static final List<String> BY_PROGRAMS =
      List.of("filter", "ident", "working-tree-encoding");

  private final Repository repository;
  private final ObjectReader reader;

  WorkspaceChanges(Repository repository, ObjectReader reader) {
    this.repository = repository;
    this.reader = reader;
  }

  /**
   * Submodules are left out: a checkout does not touch them either.
   *
   * @throws UserException where a file differs that git would not write by itself
   */
  List<WorkspaceChange> between(ObjectId before, ObjectId after) throws IOException {
    List<String> paths = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    try (TreeWalk walk = new TreeWalk(reader)) {
      walk.addTree(before);
      walk.addTree(after);
      walk.setRecursive(true);
      walk.setFilter(TreeFilter.ANY_DIFF);
      while (walk.next()) {
        if (isSubmodule(walk, 0) && isSubmodule(walk, 1)) {
          continue;
        }
        paths.add(walk.getPathString());
        PathPolicy.escape(walk.getPathString())
            .ifPresent(
                what -> problems.add(PathPolicy.printable(walk.getPathString()) + ": is " + what));
      }
    }
    Map<String, WorkspaceFile> old = files(before, paths, problems);
    Map<String, WorkspaceFile> fresh = files(after, paths, problems);
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
    return paths.stream()
        .map(path -> new WorkspaceChange(path, old.get(path), fresh.get(path)))
        .toList();
  }

  /** A side that has nothing there counts, so that one that comes or goes is left out too. */
  private static boolean isSubmodule(TreeWalk walk, int side) {
    return walk.getFileMode(side).equals(FileMode.GITLINK)
        || (walk.getFileMode(side).equals(FileMode.MISSING)
            && walk.getFileMode(1 - side).equals(FileMode.GITLINK));
  }

  private Map<String, WorkspaceFile> files(ObjectId tree, List<String> paths, List<String> problems)
      throws IOException {
    Map<String, WorkspaceFile> files = new HashMap<>();
    if (paths.isEmpty()) {
      return files;
    }
    try (TreeWalk walk = new TreeWalk(repository, reader)) {
      walk.setOperationType(OperationType.CHECKOUT_OP);
      walk.addTree(tree);
      walk.setRecursive(true);
      walk.setFilter(PathFilterGroup.createFromStrings(paths));
      while (walk.next()) {
        String path = walk.getPathString();
        String problem = problem(walk);
        if (problem != null) {
          problems.add(PathPolicy.printable(path) + ": " + problem);
        }
        files.put(path, new WorkspaceFile(walk.getFileMode(0), walk.getObjectId(0), ends(walk)));
      }
    }
    return files;
  }

  private static @Nullable String problem(TreeWalk walk) {
    if (walk.getFileMode(0).equals(FileMode.GITLINK)) {
      return "is a submodule on one side and a file on the other";
    }
    if (walk.getFileMode(0).equals(FileMode.SYMLINK)) {
      return null;
    }
    for (String name : BY_PROGRAMS) {
      Attribute attribute = walk.getAttributes().get(name);
      boolean set =
          attribute != null
              && (attribute.getState() == Attribute.State.SET
                  || attribute.getState() == Attribute.State.CUSTOM);
      if (set) {
        return "has the attribute '%s', which only git itself goes by; use the action in apply/ instead"
            .formatted(name);
      }
    }
    return null;
  }

  private static LineEnds ends(TreeWalk walk) {
    EolStreamType type = walk.getEolStreamType(OperationType.CHECKOUT_OP);
    return type == null || walk.getFileMode(0).equals(FileMode.SYMLINK)
        ? LineEnds.AS_STORED
        : LineEnds.of(type);
  }
}
