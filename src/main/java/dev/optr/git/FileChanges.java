package dev.optr.git;

import dev.optr.base.Bytes;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Files that a commit writes and deletes.
 *
 * @param written content by path from the root
 * @param deleted paths of files that go
 * @param executable those of the written paths that get mode 100755; the others get 100644
 */
public record FileChanges(Map<String, Bytes> written, Set<String> deleted, Set<String> executable) {
  public FileChanges {
    written = Map.copyOf(written);
    deleted = Set.copyOf(deleted);
    executable = Set.copyOf(executable);
  }

  /** Changes that make nothing executable. */
  public FileChanges(Map<String, Bytes> written, Set<String> deleted) {
    this(written, deleted, Set.of());
  }

  /** Changes that delete nothing. */
  public static FileChanges writing(Map<String, Bytes> files) {
    return new FileChanges(files, Set.of());
  }

  public boolean isEmpty() {
    return written.isEmpty() && deleted.isEmpty();
  }

  /** Git's mode of a written file. */
  public String mode(String path) {
    return executable.contains(path) ? "100755" : "100644";
  }

  /** In order of paths, so that the same changes are made in the same order everywhere. */
  Map<String, Bytes> writtenInOrder() {
    return new TreeMap<>(written);
  }

  Set<String> deletedInOrder() {
    return new TreeSet<>(deleted);
  }
}
