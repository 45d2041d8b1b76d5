package dev.optr.git;

import dev.optr.base.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/**
 * The canonical difference of two trees (docs/datalake.md, Digests), without rename detection in
 * the patch.
 */
final class CanonicalDiff {
  private final ObjectReader reader;

  CanonicalDiff(ObjectReader reader) {
    this.reader = reader;
  }

  TreeDiff diff(ObjectId oldTree, ObjectId newTree) throws IOException {
    List<FilePatch> patches = new ArrayList<>();
    try (TreeWalk walk = new TreeWalk(reader)) {
      walk.addTree(oldTree);
      walk.addTree(newTree);
      walk.setRecursive(true);
      walk.setFilter(TreeFilter.ANY_DIFF);
      while (walk.next()) {
        patches.add(patch(walk));
      }
    }
    patches.sort(Comparator.comparing(FilePatch::path, CandidateTree.BYTE_ORDER));
    ByteArrayOutputStream patch = new ByteArrayOutputStream();
    patches.forEach(file -> patch.writeBytes(file.bytes()));
    return new TreeDiff(files(patches), Bytes.of(patch.toByteArray()));
  }

  private FilePatch patch(TreeWalk walk) throws IOException {
    return FilePatch.of(
        reader, walk.getPathString(), walk.getRawPath(), side(walk, 0), side(walk, 1));
  }

  private static FilePatch.@Nullable Side side(TreeWalk walk, int tree) {
    FileMode mode = walk.getFileMode(tree);
    return mode.equals(FileMode.MISSING) ? null : new FilePatch.Side(mode, walk.getObjectId(tree));
  }

  /** One file per path, but one for a file that was moved as it was. */
  private static List<TreeDiff.File> files(List<FilePatch> patches) {
    Map<ObjectId, List<FilePatch>> deleted = new HashMap<>();
    for (FilePatch patch : patches) {
      if (patch.isDeletion() && patch.isMovable()) {
        deleted.computeIfAbsent(patch.blob(), _ -> new ArrayList<>()).add(patch);
      }
    }
    Map<FilePatch, FilePatch> sources = new HashMap<>();
    for (FilePatch patch : patches) {
      List<FilePatch> same = deleted.getOrDefault(patch.blob(), List.of());
      if (patch.isCreation() && patch.isMovable() && !same.isEmpty()) {
        sources.put(patch, same.removeFirst());
      }
    }
    java.util.Set<FilePatch> moved = new java.util.HashSet<>(sources.values());
    return patches.stream()
        .filter(patch -> !moved.contains(patch))
        .map(patch -> patch.file(sources.get(patch)))
        .toList();
  }
}
