package dev.optr.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.jspecify.annotations.Nullable;

/**
 * A git tree that is being changed in memory. Only directories that a change leads through are read
 * and written, so that the cost is that of the changes, not of the tree. Directories without files
 * do not exist, as in git.
 */
final class EditableTree {
  private final ObjectReader reader;
  private final Directory root;

  EditableTree(ObjectReader reader, ObjectId tree) {
    this.reader = reader;
    this.root = new Directory(tree);
  }

  sealed interface Entry {}

  /** A file, symlink or submodule. */
  record Leaf(FileMode mode, ObjectId id) implements Entry {
    boolean isRegular() {
      return mode.equals(FileMode.REGULAR_FILE) || mode.equals(FileMode.EXECUTABLE_FILE);
    }

    /** What it is, in words for a message. */
    String kind() {
      if (mode.equals(FileMode.SYMLINK)) {
        return "a symbolic link";
      }
      return mode.equals(FileMode.GITLINK) ? "a submodule" : "a file";
    }
  }

  /** Entries are keyed by their raw name, read as Latin-1 so that every name has one key. */
  final class Directory implements Entry {
    private final ObjectId original;
    private @Nullable Map<String, Entry> loaded;
    private final Map<String, Set<String>> keysByFold = new HashMap<>();
    private boolean changed;

    Directory(ObjectId original) {
      this.original = original;
    }

    Map<String, Entry> entries() throws IOException {
      if (loaded == null) {
        loaded = new HashMap<>();
        if (!original.equals(ObjectId.zeroId())) {
          load(loaded);
        }
      }
      return loaded;
    }

    private void load(Map<String, Entry> into) throws IOException {
      CanonicalTreeParser parser = new CanonicalTreeParser(null, reader, original);
      for (; !parser.eof(); parser.next()) {
        byte[] name = new byte[parser.getNameLength()];
        parser.getName(name, 0);
        ObjectId id = parser.getEntryObjectId();
        FileMode mode = parser.getEntryFileMode();
        Entry entry = mode.equals(FileMode.TREE) ? new Directory(id) : new Leaf(mode, id);
        add(into, new String(name, ISO_8859_1), entry);
      }
    }

    private void add(Map<String, Entry> into, String key, Entry entry) {
      into.put(key, entry);
      keysByFold.computeIfAbsent(fold(key), _ -> new TreeSet<>()).add(key);
    }

    void put(String key, Entry entry) throws IOException {
      add(entries(), key, entry);
      changed = true;
    }

    void remove(String key) throws IOException {
      if (entries().remove(key) != null) {
        Set<String> sameFold = keysByFold.get(fold(key));
        if (sameFold != null) {
          sameFold.remove(key);
        }
        changed = true;
      }
    }

    /** A name that is there, is another one, and that some file system takes for the same. */
    Optional<String> clash(String key) throws IOException {
      entries();
      for (String other : keysByFold.getOrDefault(fold(key), Set.of())) {
        if (!other.equals(key) && exists(entries().get(other))) {
          return Optional.of(text(other));
        }
      }
      return Optional.empty();
    }

    boolean isEmpty() throws IOException {
      if (loaded == null) {
        return original.equals(ObjectId.zeroId());
      }
      for (Entry entry : loaded.values()) {
        if (exists(entry)) {
          return false;
        }
      }
      return true;
    }

    boolean isChanged() {
      return changed || (loaded != null && anyChanged(loaded.values()));
    }

    ObjectId write(ObjectInserter inserter) throws IOException {
      if (!isChanged()) {
        return original;
      }
      TreeFormatter formatter = new TreeFormatter();
      for (Map.Entry<String, Entry> entry : inGitOrder(entries())) {
        byte[] name = entry.getKey().getBytes(ISO_8859_1);
        switch (entry.getValue()) {
          case Leaf(FileMode mode, ObjectId id) -> formatter.append(name, mode, id);
          case Directory directory -> {
            if (!directory.isEmpty()) {
              formatter.append(name, FileMode.TREE, directory.write(inserter));
            }
          }
        }
      }
      return inserter.insert(formatter);
    }
  }

  private static boolean anyChanged(Collection<Entry> entries) {
    return entries.stream()
        .anyMatch(entry -> entry instanceof Directory directory && directory.isChanged());
  }

  /** Git sorts a directory as if its name ended in a slash. */
  private static List<Map.Entry<String, Entry>> inGitOrder(Map<String, Entry> entries) {
    List<Map.Entry<String, Entry>> sorted = new ArrayList<>(entries.entrySet());
    sorted.sort(
        Comparator.comparing(
            entry ->
                entry.getValue() instanceof Directory ? entry.getKey() + "/" : entry.getKey()));
    return sorted;
  }

  private static boolean exists(@Nullable Entry entry) throws IOException {
    return switch (entry) {
      case null -> false;
      case Leaf _ -> true;
      case Directory directory -> !directory.isEmpty();
    };
  }

  /** What is at a path, if it is a file, symlink or submodule. */
  Optional<Leaf> find(String path) throws IOException {
    Directory directory = root;
    String[] keys = keys(path);
    for (int depth = 0; depth < keys.length - 1; depth++) {
      if (!(directory.entries().get(keys[depth]) instanceof Directory next)) {
        return Optional.empty();
      }
      directory = next;
    }
    return directory.entries().get(keys[keys.length - 1]) instanceof Leaf leaf
        ? Optional.of(leaf)
        : Optional.empty();
  }

  /** Why no file can be made at a path where there is none, if so. */
  Optional<String> conflict(String path) throws IOException {
    Directory directory = root;
    String[] keys = keys(path);
    for (int depth = 0; depth < keys.length; depth++) {
      Entry entry = directory.entries().get(keys[depth]);
      if (!exists(entry)) {
        return directory
            .clash(keys[depth])
            .map(other -> "'" + other + "' differs from it only in case or Unicode form");
      }
      if (!(entry instanceof Directory next)) {
        return Optional.of("'" + text(keys[depth]) + "' in its path is not a directory");
      }
      directory = next;
    }
    return Optional.of("it is a directory");
  }

  /** Sets the file at a path, making directories; a file in the way is replaced. */
  void put(String path, FileMode mode, ObjectId blob) throws IOException {
    Directory directory = root;
    String[] keys = keys(path);
    for (int depth = 0; depth < keys.length - 1; depth++) {
      if (directory.entries().get(keys[depth]) instanceof Directory next) {
        directory = next;
      } else {
        Directory made = new Directory(ObjectId.zeroId());
        directory.put(keys[depth], made);
        directory = made;
      }
    }
    directory.put(keys[keys.length - 1], new Leaf(mode, blob));
  }

  /** Removes what is at a path, a whole directory too. */
  void remove(String path) throws IOException {
    Directory directory = root;
    String[] keys = keys(path);
    for (int depth = 0; depth < keys.length - 1; depth++) {
      if (!(directory.entries().get(keys[depth]) instanceof Directory next)) {
        return;
      }
      directory = next;
    }
    directory.remove(keys[keys.length - 1]);
  }

  /** Writes the changed directories and gives the id of the tree. */
  ObjectId write(ObjectInserter inserter) throws IOException {
    return root.write(inserter);
  }

  private static String[] keys(String path) {
    return new String(path.getBytes(UTF_8), ISO_8859_1).split("/", -1);
  }

  private static String text(String key) {
    return new String(key.getBytes(ISO_8859_1), UTF_8);
  }

  private static String fold(String key) {
    return PathPolicy.fold(text(key));
  }
}
