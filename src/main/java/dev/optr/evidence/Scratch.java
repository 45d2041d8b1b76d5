package dev.optr.evidence;

import dev.optr.base.ServiceException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * A fresh home and a fresh directory for temporary files, of one command, removed at the end
 * whatever the command left there.
 *
 * @param directory readable by this user alone
 */
record Scratch(Path directory) implements AutoCloseable {
  static Scratch in(Path parent) {
    try {
      Files.createDirectories(parent);
      Scratch scratch = new Scratch(Files.createTempDirectory(parent, "optr-command-"));
      Files.createDirectory(scratch.home());
      Files.createDirectory(scratch.temporary());
      return scratch;
    } catch (IOException e) {
      throw ServiceException.lasting("could not make a directory in " + parent, e);
    }
  }

  Path home() {
    return directory.resolve("home");
  }

  Path temporary() {
    return directory.resolve("tmp");
  }

  @Override
  public void close() {
    try {
      Files.walkFileTree(directory, new Removal());
    } catch (IOException e) {
      throw ServiceException.lasting("could not remove " + directory, e);
    }
  }

  /** Never follows a link; makes directories accessible that the command had closed. */
  private static final class Removal extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws IOException {
      open(directory);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
      // A directory that cannot be listed comes here before it could be opened.
      if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        throw failure;
      }
      open(path);
      Files.walkFileTree(path, this);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.delete(directory);
      return FileVisitResult.CONTINUE;
    }

    private static void open(Path directory) throws IOException {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
  }
}
