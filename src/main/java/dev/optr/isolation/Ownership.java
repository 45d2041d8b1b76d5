package dev.optr.isolation;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;

/** Hands directories to another user id, and sees whether it can enter others. */
final class Ownership {
  private Ownership() {}

  /** A directory with all that is in it; links themselves, never what they lead to. */
  static void give(Path directory, int id) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
              throws IOException {
            give(path);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            give(path);
            return FileVisitResult.CONTINUE;
          }

          private void give(Path path) throws IOException {
            Files.setAttribute(path, "unix:gid", id, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:uid", id, LinkOption.NOFOLLOW_LINKS);
          }
        });
  }

  /**
   * @throws RefusedException where a directory above lets no other user through
   */
  static void requireEntry(Path place) {
    for (Path above = place.toAbsolutePath().getParent();
        above != null;
        above = above.getParent()) {
      if (!othersEnter(above)) {
        throw new RefusedException(
            "'"
                + place
                + "' cannot be reached by the user id that candidate code runs under, since '"
                + above
                + "' lets no other user through");
      }
    }
  }

  private static boolean othersEnter(Path directory) {
    try {
      return Files.getPosixFilePermissions(directory).contains(PosixFilePermission.OTHERS_EXECUTE);
    } catch (IOException unreadable) {
      // Then others cannot enter it either.
      return false;
    }
  }
}
