package dev.optr.git;

import dev.optr.base.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The canonical difference of two trees: full blob ids, 3 lines of context, paths in byte order,
 * binary as {@code GIT binary patch}, no rename detection beyond identical content.
 *
 * @param files one per changed file, paths in byte order
 * @param patch the unified diff, byte for byte as it is digested
 */
public record TreeDiff(List<File> files, Bytes patch) {
  public TreeDiff {
    files = List.copyOf(files);
  }

  /**
   * @param path new path, or the deleted one
   * @param from the path it was renamed from, else null
   * @param additions lines added; 0 for binary files
   * @param deletions lines removed; 0 for binary files
   * @param changedBytes bytes of added and removed lines, or of both blobs for binary files
   * @param oldMode git's mode before, null where the file is new
   * @param newMode git's mode after, null where it is deleted
   */
  public record File(
      String path,
      @Nullable String from,
      int additions,
      int deletions,
      long changedBytes,
      boolean binary,
      @Nullable String oldMode,
      @Nullable String newMode) {}

  public int additions() {
    return files.stream().mapToInt(File::additions).sum();
  }

  public int deletions() {
    return files.stream().mapToInt(File::deletions).sum();
  }

  public int changedLines() {
    return additions() + deletions();
  }

  public long changedBytes() {
    return files.stream().mapToLong(File::changedBytes).sum();
  }
}
