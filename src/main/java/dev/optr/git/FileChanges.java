package dev.optr.git;

import dev.optr.base.Bytes;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Files that a commit writes (mode 100644) and deletes.
 *
 * @param written content by path from the root
 * @param deleted paths of files that go
 */
public record FileChanges(Map<String, Bytes> written, Set<String> deleted) {
  public FileChanges {
    written = Map.copyOf(written);
    deleted = Set.copyOf(deleted);
  }

  /** Changes that delete nothing. */
  public static FileChanges writing(Map<String, Bytes> files) {
    return new FileChanges(files, Set.of());
  }

  public boolean isEmpty() {
    return written.isEmpty() && deleted.isEmpty();
  }

  /** In order of paths, so that the same changes are made in the same order everywhere. */
  Map<String, Bytes> writtenInOrder() {
    return new TreeMap<>(written);
  }

  Set<String> deletedInOrder() {
    return new TreeSet<>(deleted);
  }
}
