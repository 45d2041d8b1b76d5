package dev.optr.git;

import dev.optr.base.Bytes;
import dev.optr.base.Disk;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryState;
import org.jspecify.annotations.Nullable;

/**
 * The branch that a user works on. It moves to a commit that adds files, and work tree and index
 * follow in exactly these files: whatever else is staged, changed, untracked or deleted stays as it
 * was.
 */
public final class LocalBranch {
  private final GitRepository owner;
  private final Repository repository;

  public LocalBranch(GitRepository repository) {
    this.owner = repository;
    this.repository = repository.jgit();
  }

  /**
   * Moves the branch, then writes the files and their index entries. The index is locked all the
   * while, so that no git command of the user's comes in between.
   *
   * @param branch short name of the branch that HEAD is on
   * @param expectedOld the commit it must be on
   * @param files what the new commit has at these paths, mode 100644
   * @return whether it moved; false, and nothing was changed, if it was not where it was expected
   * @throws UserException where a merge or rebase is under way, or a symbolic link is in the way
   */
  public boolean advance(
      String branch, String expectedOld, String commit, Map<String, Bytes> files) {
    return advance(branch, expectedOld, commit, FileChanges.writing(files));
  }

  /** See {@link #advance(String, String, String, Map)}; deleted files go from the index too. */
  public boolean advance(String branch, String expectedOld, String commit, FileChanges changes) {
    return advance(branch, commit, changes, () -> owner.moveBranch(branch, expectedOld, commit));
  }

  /** Moves the branch, or finds that it cannot be moved any more. */
  @FunctionalInterface
  public interface Move<X extends Exception> {
    /** Returns whether the branch now stands on the new commit. */
    boolean perform() throws X;
  }

  /** The same, where the branch moves in another way, perhaps together with other refs. */
  public <X extends Exception> boolean advance(
      String branch, String commit, FileChanges changes, Move<X> move) throws X {
    requireReady(branch);
    Path root = owner.workTree().orElseThrow();
    requireRealDirectories(root, changes);
    try (IndexLock lock = IndexLock.take(owner)) {
      if (!move.perform()) {
        return false;
      }
      write(root, changes);
      stage(lock.index(), root, changes);
      owner.checkpoint().passed("wrote the index");
      return true;
    } catch (IOException e) {
      throw ServiceException.lasting(
          "could not bring the index up to commit " + commit + "; run 'git add datalake'", e);
    }
  }

  /** Leaves files in the work tree; branch and index stay where they are. */
  public void leave(Map<String, Bytes> files) {
    leave(FileChanges.writing(files));
  }

  /** See {@link #leave(Map)}. */
  public void leave(FileChanges changes) {
    Path root = owner.workTree().orElseThrow();
    requireRealDirectories(root, changes);
    write(root, changes);
  }

  /** Writes before it deletes: a crash in between leaves too much, never too little. */
  private void write(Path root, FileChanges changes) {
    Disk disk = new Disk(owner.checkpoint());
    changes
        .writtenInOrder()
        .forEach((path, content) -> disk.write(root.resolve(path), content.toArray()));
    for (String path : changes.deletedInOrder()) {
      disk.delete(root.resolve(path));
      deleteEmptyParents(disk, root, root.resolve(path).getParent());
    }
  }

  /** As git does: to it there are no empty directories. */
  private static void deleteEmptyParents(Disk disk, Path root, @Nullable Path directory) {
    for (Path at = directory; at != null && !at.equals(root) && isEmpty(at); at = at.getParent()) {
      disk.delete(at);
    }
  }

  private static boolean isEmpty(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      throw ServiceException.lasting("could not list " + directory, e);
    }
  }

  private static void requireRealDirectories(Path root, FileChanges changes) {
    changes.writtenInOrder().keySet().forEach(path -> requireRealDirectories(root, path));
    changes.deletedInOrder().forEach(path -> requireRealDirectories(root, path));
  }

  /**
   * Refuses what {@link #advance} would refuse, so that a run can be refused before anybody is
   * asked.
   *
   * @throws UserException where HEAD is on another branch, or a merge or rebase is under way
   */
  public void requireReady(String branch) {
    RepositoryState state = repository.getRepositoryState();
    if (repository.isBare() || !owner.currentBranch().filter(branch::equals).isPresent()) {
      throw new UserException(
          owner.gitDirectory() + ": HEAD is not on branch '" + branch + "'; check it out first");
    }
    if (state != RepositoryState.SAFE) {
      throw new UserException(
          owner.gitDirectory()
              + ": '"
              + state.getDescription()
              + "' is under way; finish or abort it first");
    }
  }

  /** A link in the work tree could lead anywhere; the files go where the commit has them. */
  private static void requireRealDirectories(Path root, String path) {
    if (PathPolicy.problem(path).isPresent()) {
      throw new UserException(PathPolicy.printable(path) + ": not a path to write to");
    }
    Path at = root;
    for (Path name : Path.of(path)) {
      if (!Files.notExists(at, LinkOption.NOFOLLOW_LINKS)
          && !Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)
          && !at.equals(root)) {
        throw new UserException(at + ": not a directory; move it out of the way");
      }
      at = at.resolve(name);
    }
    if (Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
      throw new UserException(at + ": is a directory; move it out of the way");
    }
  }

  private static void stage(DirCache index, Path root, FileChanges changes) throws IOException {
    DirCacheEditor editor = index.editor();
    for (Map.Entry<String, Bytes> file : changes.writtenInOrder().entrySet()) {
      editor.add(new Stage(file.getKey(), root, file.getValue()));
    }
    for (String path : changes.deletedInOrder()) {
      editor.add(new DirCacheEditor.DeletePath(path));
    }
    editor.finish();
    index.write();
    if (!index.commit()) {
      throw new IOException("the index could not be replaced");
    }
  }

  /** Makes one entry what the file on disk is. */
  private static final class Stage extends DirCacheEditor.PathEdit {
    private final long length;
    private final java.time.Instant modified;
    private final ObjectId blob;

    Stage(String path, Path root, Bytes content) throws IOException {
      super(path);
      BasicFileAttributes found =
          Files.readAttributes(
              root.resolve(path), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      this.length = found.size();
      this.modified = found.lastModifiedTime().toInstant();
      try (ObjectInserter.Formatter ids = new ObjectInserter.Formatter()) {
        this.blob = ids.idFor(Constants.OBJ_BLOB, content.toArray());
      }
    }

    @Override
    public void apply(DirCacheEntry entry) {
      entry.setFileMode(FileMode.REGULAR_FILE);
      entry.setObjectId(blob);
      entry.setLength(length);
      entry.setLastModified(modified);
    }
  }
}
