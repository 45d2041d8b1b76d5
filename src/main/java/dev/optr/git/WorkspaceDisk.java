package dev.optr.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.UserException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/** The files of a work tree as they lie on disk. No symbolic link is ever followed. */
final class WorkspaceDisk {
  /** How a path that is to change was found. */
  enum Found {
    /** As it shall be. */
    DONE,
    /** As it was, or not there. */
    DUE,
    /** Something else than what the frozen commit has there. */
    CHANGED,
    /** Something where the frozen commit has nothing. */
    IN_THE_WAY
  }

  private final Path root;
  private final Set<String> deleted;
  private final ObjectReader reader;

  /**
   * @param deleted paths that will be gone before anything is written
   */
  WorkspaceDisk(Path root, Set<String> deleted, ObjectReader reader) {
    this.root = root;
    this.deleted = deleted;
    this.reader = reader;
  }

  Found look(WorkspaceChange change) throws IOException {
    Path file = resolve(change.path());
    boolean goes = change.after() == null;
    Path blocking = blockingParent(file);
    if (blocking != null) {
      boolean replaced = deleted.contains(root.relativize(blocking).toString());
      return goes ? Found.DONE : replaced ? Found.DUE : Found.IN_THE_WAY;
    }
    PosixFileAttributes there = attributes(file);
    if (there == null) {
      return goes ? Found.DONE : Found.DUE;
    }
    if (there.isDirectory()) {
      return change.before() == null && holdsOnlyWhatGoes(file) ? Found.DUE : Found.IN_THE_WAY;
    }
    if (change.after() != null && is(change.after(), file, there)) {
      return Found.DONE;
    }
    if (change.before() == null) {
      return Found.IN_THE_WAY;
    }
    return is(change.before(), file, there) ? Found.DUE : Found.CHANGED;
  }

  /** The first directory on the way that is none; null where all are, or the way ends. */
  private @Nullable Path blockingParent(Path file) throws IOException {
    Path way = root;
    for (Path name : root.relativize(file)) {
      way = way.resolve(name);
      if (way.equals(file)) {
        return null;
      }
      PosixFileAttributes there = attributes(way);
      if (there == null) {
        return null;
      }
      if (!there.isDirectory()) {
        return way;
      }
    }
    return null;
  }

  private boolean holdsOnlyWhatGoes(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .allMatch(path -> deleted.contains(root.relativize(path).toString()));
    }
  }

  private boolean is(WorkspaceFile file, Path path, PosixFileAttributes there) throws IOException {
    if (there.isSymbolicLink()) {
      byte[] target = Files.readSymbolicLink(path).toString().getBytes(UTF_8);
      return file.mode().equals(FileMode.SYMLINK) && file.isWrittenAs(target, reader);
    }
    boolean executable = there.permissions().contains(PosixFilePermission.OWNER_EXECUTE);
    return there.isRegularFile()
        && file.mode().equals(executable ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE)
        && file.isWrittenAs(Files.readAllBytes(path), reader);
  }

  /** Removes a file if it is there. */
  void remove(String path) throws IOException {
    Path file = resolve(path);
    PosixFileAttributes there = blockingParent(file) == null ? attributes(file) : null;
    if (there != null && !there.isDirectory()) {
      Files.delete(file);
    }
  }

  /** Removes the directories that a path was in, as far as they are empty now. */
  void removeEmptyParents(String path) throws IOException {
    Path file = resolve(path);
    if (blockingParent(file) != null) {
      return;
    }
    for (Path way = file.getParent(); way != null && !way.equals(root); way = way.getParent()) {
      try {
        Files.deleteIfExists(way);
      } catch (DirectoryNotEmptyException _) {
        return;
      }
    }
  }

  /** Writes a file where none is. */
  void write(String path, WorkspaceFile content) throws IOException {
    Path file = resolve(path);
    Path directory = madeParent(file);
    removeEmptyDirectories(file);
    byte[] bytes = content.bytes(reader);
    if (content.mode().equals(FileMode.SYMLINK)) {
      Files.createSymbolicLink(file, Path.of(new String(bytes, UTF_8)));
    } else {
      Files.write(file, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }
    if (content.mode().equals(FileMode.EXECUTABLE_FILE)) {
      makeExecutable(file);
    }
    giveTo(directory, file);
  }

  private Path madeParent(Path file) throws IOException {
    Path way = root;
    for (Path name : root.relativize(file.resolveSibling(""))) {
      Path next = way.resolve(name);
      if (attributes(next) == null) {
        Files.createDirectory(next);
        giveTo(way, next);
      }
      way = next;
    }
    return way;
  }

  private static void removeEmptyDirectories(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> inside;
    try (Stream<Path> all = Files.walk(directory)) {
      inside = all.toList();
    }
    for (Path path : inside.reversed()) {
      Files.delete(path);
    }
  }

  /** Who may read it may execute it, as where git writes it. */
  private static void makeExecutable(Path file) throws IOException {
    Set<PosixFilePermission> modes = EnumSet.copyOf(Files.getPosixFilePermissions(file));
    if (modes.contains(PosixFilePermission.GROUP_READ)) {
      modes.add(PosixFilePermission.GROUP_EXECUTE);
    }
    if (modes.contains(PosixFilePermission.OTHERS_READ)) {
      modes.add(PosixFilePermission.OTHERS_EXECUTE);
    }
    modes.add(PosixFilePermission.OWNER_EXECUTE);
    Files.setPosixFilePermissions(file, modes);
  }

  /** In a container this program is root, while the workspace is the runner's user's. */
  private static void giveTo(Path directory, Path made) throws IOException {
    for (String id : List.of("unix:uid", "unix:gid")) {
      Object wanted = Files.getAttribute(directory, id, LinkOption.NOFOLLOW_LINKS);
      if (!wanted.equals(Files.getAttribute(made, id, LinkOption.NOFOLLOW_LINKS))) {
        Files.setAttribute(made, id, wanted, LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  private static @Nullable PosixFileAttributes attributes(Path file) throws IOException {
    try {
      return Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException _) {
      return null;
    }
  }

  private Path resolve(String path) {
    try {
      return root.resolve(path);
    } catch (InvalidPathException e) {
      throw new UserException(
          PathPolicy.printable(path)
              + ": this process cannot write such a file name; run it with LC_ALL=C.UTF-8");
    }
  }
}
