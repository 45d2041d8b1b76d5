package dev.optr.isolation;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

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
  static void requireEntry(Path place) throws IOException {
    for (Path above = place.toAbsolutePath().getParent();
        above != null;
        above = above.getParent()) {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(above);
      if (!permissions.contains(PosixFilePermission.OTHERS_EXECUTE)) {
        throw new RefusedException(
            "'"
                + place
                + "' cannot be reached by the user id that candidate code runs under, since '"
                + above
                + "' lets no other user through");
      }
    }
  }
}
