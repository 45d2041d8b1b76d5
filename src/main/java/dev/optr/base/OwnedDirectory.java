package dev.optr.base;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;

/**
 * A temporary directory that belongs to this process and is removed with it, or by a later one.
 *
 * <p>Beside a directory {@code optr-tmp-PID-START-RANDOM} lies a file with {@code .owner} behind
 * that name, which the owner keeps locked. The operating system drops the lock when the owner dies,
 * in whatever way, and keeps it against processes in other containers, where a process id says
 * nothing. Opening one's own lock file a second time would drop the lock (POSIX), so directories
 * with our own process id and start are known by name.
 */
public final class OwnedDirectory implements AutoCloseable {
  private static final String PREFIX = "optr-tmp-";
  private static final String OWNER = ".owner";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path parent;
  private final Path directory;
  private final FileChannel owner;

  private OwnedDirectory(Path parent, Path directory, FileChannel owner) {
    this.parent = parent;
    this.directory = directory;
    this.owner = owner;
  }

  /** Makes one; the parent too, where it is missing. */
  public static OwnedDirectory create(Path parent) {
    try {
      Path absolute = Files.createDirectories(parent).toRealPath();
      Path directory = absolute.resolve(ourPrefix() + Long.toHexString(RANDOM.nextLong()));
      // The lock comes first: a directory without a locked file beside it is never ours.
      FileChannel owner =
          FileChannel.open(
              ownerFile(directory), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      if (owner.tryLock() == null || !Files.exists(ownerFile(directory))) {
        // Somebody's sweep took the file for one that a dead process left, before it was locked.
        owner.close();
        return create(parent);
      }
      // Others may pass through, for candidate code under another user id, but neither list nor
      // write.
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
      Files.createDirectory(directory.resolve("content"));
      return new OwnedDirectory(absolute, directory, owner);
    } catch (IOException e) {
      throw ServiceException.lasting("could not make a temporary directory in " + parent, e);
    }
  }

  private static Path ownerFile(Path directory) {
    return directory.resolveSibling(directory.getFileName() + OWNER);
  }

  /** A process that dies between making the owner file and its directory leaves the file alone. */
  private static Path directoryOf(Path found) {
    String name = found.getFileName().toString();
    return name.endsWith(OWNER)
        ? found.resolveSibling(name.substring(0, name.length() - OWNER.length()))
        : found;
  }

  private static String ourPrefix() {
    ProcessHandle self = ProcessHandle.current();
    long start = self.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    return PREFIX + self.pid() + "-" + start + "-";
  }

  /** Where it was made. */
  public Path parent() {
    return parent;
  }

  /** What it is for: an empty directory at first. */
  public Path content() {
    return directory.resolve("content");
  }

  /** Removes directories in {@code parent} whose owners are dead; never those of a live process. */
  public static void sweep(Path parent) {
    if (!Files.isDirectory(parent)) {
      return;
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path path : found) {
        if (!path.getFileName().toString().startsWith(ourPrefix())) {
          removeIfAbandoned(directoryOf(path));
        }
      }
    } catch (IOException e) {
      throw ServiceException.lasting("could not look for old directories in " + parent, e);
    }
  }

  private static void removeIfAbandoned(Path directory) throws IOException {
    Path ownerFile = ownerFile(directory);
    if (!Files.isRegularFile(ownerFile, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (FileChannel owner =
            FileChannel.open(ownerFile, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock lock = owner.tryLock()) {
      if (lock != null && lock.isValid()) {
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
          DirectoryRemoval.remove(directory);
        }
        Files.deleteIfExists(ownerFile);
      }
    }
  }

  @Override
  public void close() {
    try {
      DirectoryRemoval.remove(directory);
      Files.deleteIfExists(ownerFile(directory));
      owner.close();
    } catch (IOException e) {
      throw ServiceException.lasting("could not remove " + directory, e);
    }
  }
}
