package dev.optr.base;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Removes a directory that foreign code wrote into: directories that cannot be listed or written,
 * nested deeper than a path may be long, symbolic links (which are removed, never followed).
 */
public final class DirectoryRemoval {
  /** Linux refuses paths over 4096 bytes; a directory this deep is first moved to the top. */
  private static final int DEEP = 1000;

  private final Path root;
  private int moved;

  private DirectoryRemoval(Path root) {
    this.root = root;
  }

  /** Removes all of it; nothing happens where there is nothing. */
  public static void remove(Path directory) throws IOException {
    if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      new DirectoryRemoval(directory.toAbsolutePath()).run();
    }
  }

  private void run() throws IOException {
    Deque<Path> open = new ArrayDeque<>();
    open.push(root);
    while (!open.isEmpty()) {
      Path directory = open.element();
      List<Path> below = clear(directory);
      if (below.isEmpty()) {
        Files.deleteIfExists(directory);
        open.pop();
      } else {
        below.forEach(open::push);
      }
    }
  }

  /** Deletes the files of a directory and gives its directories. */
  private List<Path> clear(Path directory) throws IOException {
    allow(directory);
    List<Path> below = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          below.add(withinReach(entry));
        } else {
          Files.deleteIfExists(entry);
        }
      }
    } catch (NoSuchFileException _) {
      // Moved to the top and removed from there.
    }
    return below;
  }

  private Path withinReach(Path directory) throws IOException {
    if (directory.toString().length() - root.toString().length() < DEEP) {
      return directory;
    }
    allow(directory);
    Path near = root.resolve("moved-" + moved);
    while (Files.exists(near, LinkOption.NOFOLLOW_LINKS)) {
      moved++;
      near = root.resolve("moved-" + moved);
    }
    return Files.move(directory, near);
  }

  private static void allow(Path directory) throws IOException {
    try {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    } catch (NoSuchFileException _) {
      // Somebody else removed it, which is what is wanted.
    }
  }
}
