package dev.optr.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Disk;
import dev.optr.base.ServiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.errors.LockFailedException;
import org.eclipse.jgit.lib.Repository;

/**
 * The index of a work tree, locked as git locks it: by {@code index.lock}. Git leaves that file
 * behind when it is killed, and then refuses to work until somebody deletes it; so what identifies
 * a lock of ours is noted in {@code optr/index-lock}, and a later run takes over exactly that lock.
 * Runs on one repository must exclude each other in another way.
 */
final class IndexLock implements AutoCloseable {
  private final DirCache index;
  private final Path note;
  private final Disk disk;

  private IndexLock(DirCache index, Path note, Disk disk) {
    this.index = index;
    this.note = note;
    this.disk = disk;
  }

  /**
   * @throws ServiceException where another git process holds it
   */
  static IndexLock take(GitRepository owner) {
    Repository repository = owner.jgit();
    Path lock = Path.of(repository.getIndexFile().getPath() + ".lock");
    Path note = owner.gitDirectory().resolve("optr/index-lock");
    Disk disk = new Disk(owner.checkpoint());
    try {
      if (isAbandoned(lock, note)) {
        disk.delete(lock);
      }
      DirCache index = repository.lockDirCache();
      disk.writePrivate(note, identity(lock).getBytes(UTF_8));
      return new IndexLock(index, note, disk);
    } catch (LockFailedException e) {
      throw ServiceException.passing(
          "the index of "
              + owner.gitDirectory()
              + " is locked by another git process; where none runs, delete "
              + lock,
          e);
    } catch (IOException e) {
      throw ServiceException.lasting("could not lock the index of " + owner.gitDirectory(), e);
    }
  }

  DirCache index() {
    return index;
  }

  private static boolean isAbandoned(Path lock, Path note) throws IOException {
    try {
      return Files.readString(note).equals(identity(lock));
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  /** Another file has another one, even where the file system gives it the same number. */
  private static String identity(Path lock) throws IOException {
    BasicFileAttributes found =
        Files.readAttributes(lock, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return found.fileKey() + " " + found.creationTime();
  }

  @Override
  public void close() {
    index.unlock();
    disk.delete(note);
  }
}
