package dev.optr.git;

import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/**
 * The branch that a user works on, moved to a commit that changes files of the user's. Work tree
 * and index follow in exactly the files that differ, and only where the user has not changed them:
 * whatever else is staged, changed or untracked stays as it was.
 */
public final class LocalCheckout {
  private final GitRepository owner;
  private final Repository repository;

  public LocalCheckout(GitRepository repository) {
    this.owner = repository;
    this.repository = repository.jgit();
  }

  /**
   * Writes the files that differ, then moves the branch, then brings the index up to date. A crash
   * before the move leaves changed files and nothing else, and the next call goes on from there.
   *
   * @param branch short name of the branch that HEAD is on
   * @param expectedOld the commit it must be on
   * @return whether it moved; false, and the files are as they were, if it was not where it was
   *     expected
   * @throws UserException where a file that differs was changed or staged, where a merge or rebase
   *     is under way, or where git alone can write a file
   */
  public boolean advance(String branch, String expectedOld, String commit) {
    new LocalBranch(owner).requireReady(branch);
    try (IndexLock lock = IndexLock.take(owner);
        ObjectReader reader = repository.newObjectReader()) {
      ObjectId before = CommitReader.tree(reader, expectedOld);
      ObjectId after = CommitReader.tree(reader, commit);
      List<WorkspaceChange> changes =
          new WorkspaceChanges(repository, reader).between(before, after);
      requireNotStaged(lock.index(), changes);
      Workspace workspace = new Workspace(owner, repository);
      requireUnchanged(workspace.write(expectedOld, after));
      owner.checkpoint().passed("wrote the work tree");
      if (!owner.moveBranch(branch, expectedOld, commit)) {
        requireUnchanged(workspace.write(commit, before));
        return false;
      }
      stage(lock.index(), changes);
      return true;
    } catch (IOException e) {
      throw ServiceException.lasting("could not check out commit " + commit, e);
    }
  }

  private static void requireUnchanged(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new UserException(
          problems.stream()
              .map(problem -> problem + " in the work tree; commit it or move it away first")
              .toList());
    }
  }

  private static void requireNotStaged(DirCache index, List<WorkspaceChange> changes) {
    List<String> problems = new ArrayList<>();
    for (WorkspaceChange change : changes) {
      @Nullable DirCacheEntry entry = index.getEntry(change.path());
      if (!isStaged(entry, change.before()) && !isStaged(entry, change.after())) {
        problems.add(
            "'%s' is staged with other content; commit it or unstage it first"
                .formatted(PathPolicy.printable(change.path())));
      }
    }
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
  }

  private static boolean isStaged(@Nullable DirCacheEntry entry, @Nullable WorkspaceFile file) {
    if (entry == null || file == null) {
      return entry == null && file == null;
    }
    return entry.getObjectId().equals(file.id()) && entry.getFileMode().equals(file.mode());
  }

  private void stage(DirCache index, List<WorkspaceChange> changes) throws IOException {
    DirCacheEditor editor = index.editor();
    Path root = owner.workTree().orElseThrow();
    for (WorkspaceChange change : changes) {
      WorkspaceFile after = change.after();
      editor.add(
          after == null
              ? new DirCacheEditor.DeletePath(change.path())
              : new Stage(change.path(), after, root));
    }
    editor.finish();
    index.write();
    if (!index.commit()) {
      throw new IOException("the index could not be replaced");
    }
    owner.checkpoint().passed("wrote the index");
  }

  /** Makes one entry what the commit has there, as it lies on disk. */
  private static final class Stage extends DirCacheEditor.PathEdit {
    private final WorkspaceFile file;
    private final BasicFileAttributes found;

    Stage(String path, WorkspaceFile file, Path root) throws IOException {
      super(path);
      this.file = file;
      this.found =
          Files.readAttributes(
              root.resolve(path), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void apply(DirCacheEntry entry) {
      entry.setFileMode(file.mode());
      entry.setObjectId(file.id());
      entry.setLength(found.size());
      entry.setLastModified(found.lastModifiedTime().toInstant());
    }
  }
}
