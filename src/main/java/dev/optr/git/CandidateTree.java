package dev.optr.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/** A frozen tree with changes on top, and the account of what differs. */
final class CandidateTree {
  /** docs/datalake.md: a proposal over 4 MiB is not stored. */
  static final long LARGEST = 4L << 20;

  static final Comparator<String> BYTE_ORDER =
      (left, right) -> Arrays.compareUnsigned(left.getBytes(UTF_8), right.getBytes(UTF_8));

  private final ObjectReader reader;
  private final EditableTree frozen;
  private final EditableTree tree;

  /** Content of files that were written, by path. */
  private final Map<String, byte[]> contents = new HashMap<>();

  /** Every path that was written or removed, with the frozen path its content came from. */
  private final Map<String, Optional<String>> origins = new TreeMap<>(BYTE_ORDER);

  private long size;

  /**
   * @param frozen tree to start from, never changed
   * @param tree the same tree again, to be changed
   */
  CandidateTree(ObjectReader reader, EditableTree frozen, EditableTree tree) {
    this.reader = reader;
    this.frozen = frozen;
    this.tree = tree;
  }

  Optional<EditableTree.Leaf> find(String path) throws IOException {
    return tree.find(path);
  }

  Optional<EditableTree.Leaf> findFrozen(String path) throws IOException {
    return frozen.find(path);
  }

  Optional<String> conflict(String path) throws IOException {
    return tree.conflict(path);
  }

  /** Whether an earlier change wrote or removed this path. */
  boolean isTouched(String path) {
    return origins.containsKey(path);
  }

  /** Bytes of all files written so far. */
  long size() {
    return size;
  }

  /** Bytes of a regular file as it now is; empty where it is too large for any proposal. */
  Optional<byte[]> content(String path) throws IOException {
    byte[] written = contents.get(path);
    if (written != null) {
      return Optional.of(written);
    }
    ObjectId id = tree.find(path).orElseThrow().id();
    if (reader.getObjectSize(id, Constants.OBJ_BLOB) > LARGEST) {
      return Optional.empty();
    }
    return Optional.of(reader.open(id, Constants.OBJ_BLOB).getCachedBytes((int) LARGEST));
  }

  void write(String path, FileMode mode, byte[] content) throws IOException {
    try (ObjectInserter.Formatter ids = new ObjectInserter.Formatter()) {
      tree.put(path, mode, ids.idFor(Constants.OBJ_BLOB, content));
    }
    byte[] before = contents.put(path, content);
    size += content.length - (before == null ? 0 : before.length);
    origins.putIfAbsent(path, Optional.of(path));
  }

  void remove(String path) throws IOException {
    tree.remove(path);
    byte[] before = contents.remove(path);
    size -= before == null ? 0 : before.length;
    origins.put(path, Optional.empty());
  }

  /** Writes {@code to} and removes {@code from}, remembering where the content came from. */
  void move(String from, String to, FileMode mode, byte[] content) throws IOException {
    Optional<String> origin = origins.getOrDefault(from, Optional.of(from));
    remove(from);
    write(to, mode, content);
    origins.put(to, origin);
  }

  /** See {@link #move}, where the old path is gone already. */
  void arrive(String from, String to, FileMode mode, byte[] content) throws IOException {
    write(to, mode, content);
    origins.put(to, Optional.of(from));
  }

  /** Why no file can be made at a path once another is gone, if so. */
  Optional<String> conflictWithout(String gone, String path) throws IOException {
    EditableTree.Leaf leaf = tree.find(gone).orElseThrow();
    tree.remove(gone);
    try {
      return tree.conflict(path);
    } finally {
      tree.put(gone, leaf.mode(), leaf.id());
    }
  }

  /** Stores the new objects. */
  TreeResult.Applied store(ObjectInserter inserter) throws IOException {
    List<Change> changes = changes();
    for (byte[] content : contents.values()) {
      inserter.insert(Constants.OBJ_BLOB, content);
    }
    String id = tree.write(inserter).name();
    inserter.flush();
    return new TreeResult.Applied(id, changes);
  }

  private List<Change> changes() throws IOException {
    Map<String, String> renames = renames();
    Set<String> renamed = Set.copyOf(renames.values());
    List<Change> changes = new ArrayList<>();
    for (String path : origins.keySet()) {
      Optional<EditableTree.Leaf> before = frozen.find(path);
      Optional<EditableTree.Leaf> after = tree.find(path);
      if (after.isPresent() && (!after.equals(before) || renames.containsKey(path))) {
        changes.add(written(path, renames.get(path), after.get()));
      } else if (after.isEmpty() && before.isPresent() && !renamed.contains(path)) {
        changes.add(Change.deleted(path));
      }
    }
    return changes;
  }

  /** New path to frozen path, for files whose frozen path is gone now. */
  private Map<String, String> renames() throws IOException {
    Map<String, String> renames = new HashMap<>();
    for (Map.Entry<String, Optional<String>> entry : origins.entrySet()) {
      String path = entry.getKey();
      String origin = entry.getValue().orElse(path);
      boolean moved =
          !origin.equals(path)
              && tree.find(path).isPresent()
              && tree.find(origin).isEmpty()
              && frozen.find(origin).isPresent();
      if (moved) {
        renames.put(path, origin);
      }
    }
    return renames;
  }

  private Change written(String path, @Nullable String from, EditableTree.Leaf leaf)
      throws IOException {
    return Change.written(path, from, leaf.mode(), leaf.id(), content(path).orElseThrow());
  }
}
