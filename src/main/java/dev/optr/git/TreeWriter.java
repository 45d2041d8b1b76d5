package dev.optr.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.ServiceException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Writes the files of a tree into an empty directory, byte for byte. The tree may be hostile: a
 * path that leads outside is an error, no file is written through a symbolic link (all links come
 * last), and a link that would leave the directory becomes a file with its target as text.
 */
final class TreeWriter {
  private final ObjectReader reader;
  private final Path root;
  private final Set<Path> made = new HashSet<>();
  private final Map<String, String> links = new LinkedHashMap<>();

  TreeWriter(ObjectReader reader, Path root) {
    this.reader = reader;
    this.root = root;
  }

  void write(ObjectId tree) throws IOException {
    try (TreeWalk walk = new TreeWalk(reader)) {
      walk.addTree(tree);
      walk.setRecursive(true);
      while (walk.next()) {
        writeEntry(walk.getPathString(), walk.getFileMode(), walk.getObjectId(0));
      }
    }
    for (Map.Entry<String, String> link : links.entrySet()) {
      writeLink(link.getKey(), link.getValue());
    }
  }

  private void writeEntry(String path, FileMode mode, ObjectId id) throws IOException {
    PathPolicy.escape(path)
        .ifPresent(
            what -> {
              throw ServiceException.lasting(
                  PathPolicy.printable(path) + ": the tree has " + what + "; refused");
            });
    if (mode.equals(FileMode.GITLINK)) {
      Files.createDirectories(resolve(path));
    } else if (mode.equals(FileMode.SYMLINK)) {
      links.put(path, new String(reader.open(id).getCachedBytes(1 << 20), UTF_8));
    } else {
      Path file = place(path);
      try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
        reader.open(id).copyTo(out);
      }
      if (mode.equals(FileMode.EXECUTABLE_FILE)) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }

  private void writeLink(String path, String target) throws IOException {
    Path file = place(path);
    if (staysInside(path, target)) {
      Files.createSymbolicLink(file, Path.of(target));
    } else {
      Files.writeString(file, target, StandardOpenOption.CREATE_NEW);
    }
  }

  /**
   * Whether a link cannot lead outside, also through other links: it may climb only at its
   * beginning, where the directories are real ones, and no further than to the root.
   */
  static boolean staysInside(String path, String target) {
    if (target.isEmpty() || target.startsWith("/") || target.indexOf(0) >= 0) {
      return false;
    }
    int depth = (int) path.chars().filter(c -> c == '/').count();
    List<String> names = List.of(target.split("/", -1));
    int climbs = 0;
    while (climbs < names.size() && names.get(climbs).equals("..")) {
      climbs++;
    }
    return climbs <= depth && !names.subList(climbs, names.size()).contains("..");
  }

  private Path place(String path) throws IOException {
    Path file = resolve(path);
    Path directory = file.getParent();
    if (directory != null && made.add(directory)) {
      Files.createDirectories(directory);
    }
    return file;
  }

  private Path resolve(String path) {
    try {
      return root.resolve(path);
    } catch (InvalidPathException e) {
      throw ServiceException.lasting(
          PathPolicy.printable(path)
              + ": this process cannot write such a file name; run it with LC_ALL=C.UTF-8",
          e);
    }
  }
}
