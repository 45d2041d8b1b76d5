package dev.optr.git;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/** What stands at one path in many trees; trees below the root are looked into once each. */
final class TreePath {
  private final String path;
  private final byte[][] names;
  private final Map<ObjectId, Optional<ObjectId>> below = new HashMap<>();

  TreePath(String path) {
    this.path = path;
    this.names = Stream.of(path.split("/", -1)).map(Constants::encode).toArray(byte[][]::new);
  }

  String path() {
    return path;
  }

  /** Files and symbolic links; no directories, no submodules. */
  static boolean isContent(int mode) {
    int kind = mode & FileMode.TYPE_MASK;
    return kind == FileMode.TYPE_FILE || kind == FileMode.TYPE_SYMLINK;
  }

  /**
   * @param wanted told the mode of what stands there
   */
  Optional<ObjectId> find(ObjectReader reader, ObjectId root, IntPredicate wanted)
      throws IOException {
    Optional<ObjectId> first =
        child(reader, root, 0, names.length == 1 ? wanted : FileMode.TREE::equals);
    if (first.isEmpty() || names.length == 1) {
      return first;
    }
    Optional<ObjectId> known = below.get(first.get());
    if (known == null) {
      known = first;
      for (int depth = 1; depth < names.length && known.isPresent(); depth++) {
        IntPredicate kind = depth == names.length - 1 ? wanted : FileMode.TREE::equals;
        known = child(reader, known.get(), depth, kind);
      }
      below.put(first.get(), known);
    }
    return known;
  }

  private Optional<ObjectId> child(
      ObjectReader reader, ObjectId tree, int depth, IntPredicate wanted) throws IOException {
    byte[] name = names[depth];
    CanonicalTreeParser entries = new CanonicalTreeParser(null, reader, tree);
    for (; !entries.eof(); entries.next()) {
      boolean same =
          entries.getNameLength() == name.length
              && Arrays.equals(entries.getEntryPathBuffer(), 0, name.length, name, 0, name.length);
      if (same) {
        return wanted.test(entries.getEntryRawMode())
            ? Optional.of(entries.getEntryObjectId())
            : Optional.empty();
      }
    }
    return Optional.empty();
  }
}
