package dev.optr.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes files so that a crash leaves the old file or the new one, never half of either. */
public final class Disk {
  private final Checkpoint checkpoint;

  public Disk(Checkpoint checkpoint) {
    this.checkpoint = checkpoint;
  }

  /**
   * Writes the whole file, readable by everyone whom the umask allows. Parent directories are made.
   */
  public void write(Path file, byte[] bytes) {
    replace(file, bytes, "rw-r--r--");
  }

  /** Writes the whole file with mode 600. Parent directories are made. */
  public void writePrivate(Path file, byte[] bytes) {
    replace(file, bytes, "rw-------");
  }

  /** Deletes a file, or an empty directory, if it is there. */
  public void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw ServiceException.lasting("could not delete " + file, e);
    }
    checkpoint.passed("deleted " + file);
  }

  private void replace(Path file, byte[] bytes, String mode) {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IllegalArgumentException("not a file: " + file);
    }
    try {
      Files.createDirectories(directory);
      Path fresh =
          Files.createTempFile(
              directory,
              "." + file.getFileName(),
              ".tmp",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
      try {
        fill(fresh, bytes, mode);
        Files.move(
            fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        // There only where something went wrong: a full disk is not to be filled with leftovers.
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw ServiceException.lasting(
          "could not write " + file + ": " + e.getMessage(), new UncheckedIOException(e));
    }
    checkpoint.passed("wrote " + file);
  }

  private static void fill(Path fresh, byte[] bytes, String mode) throws IOException {
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      java.nio.ByteBuffer buffer = java.nio.ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(mode));
  }
}
