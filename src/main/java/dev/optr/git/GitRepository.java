package dev.optr.git;

import dev.optr.base.Checkpoint;
import dev.optr.base.ServiceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * One repository on this machine, read and written through its objects and refs; its config and
 * hooks are not used.
 */
public final class GitRepository implements AutoCloseable {
  private final Repository repository;
  private final Checkpoint checkpoint;

  private GitRepository(Repository repository, Checkpoint checkpoint) {
    this.repository = repository;
    this.checkpoint = checkpoint;
  }

  /**
   * Opens the repository that a directory belongs to (a work tree, a directory in it, or a bare
   * repository).
   */
  public static GitRepository open(Path directory, Checkpoint checkpoint) {
    try {
      FileRepositoryBuilder builder = new FileRepositoryBuilder().findGitDir(directory.toFile());
      if (builder.getGitDir() == null) {
        builder = new FileRepositoryBuilder().setGitDir(directory.toFile());
      }
      return new GitRepository(builder.setMustExist(true).build(), checkpoint);
    } catch (IOException e) {
      throw ServiceException.lasting("could not open the git repository at " + directory, e);
    }
  }

  /** Id of the commit that a revision names, if it names one. */
  public Optional<String> resolve(String revision) {
    try {
      return Optional.ofNullable(repository.resolve(revision + "^{commit}")).map(ObjectId::name);
    } catch (IOException e) {
      throw ServiceException.lasting("could not resolve " + revision, e);
    }
  }

  /** What a commit holds, without {@code datalake}. */
  public FrozenTree frozenTree(String commit) {
    try (RevWalk walk = new RevWalk(repository);
        TreeWalk files = new TreeWalk(repository)) {
      RevCommit parsed = walk.parseCommit(ObjectId.fromString(commit));
      files.addTree(parsed.getTree());
      files.setRecursive(true);
      List<FrozenTree.File> found = new ArrayList<>();
      while (files.next()) {
        if (!files.getPathString().startsWith("datalake/")
            && !files.getPathString().equals("datalake")) {
          found.add(
              new FrozenTree.File(
                  files.getPathString(),
                  modeText(files.getFileMode()),
                  files.getObjectId(0).name()));
        }
      }
      return new FrozenTree(this, commit, treeWithoutDatalake(parsed), found);
    } catch (IOException e) {
      throw ServiceException.lasting("could not read the tree of " + commit, e);
    }
  }

  /** The whole content of a blob. */
  public byte[] blob(String id) {
    try {
      return repository.open(ObjectId.fromString(id)).getBytes();
    } catch (IOException e) {
      throw ServiceException.lasting("could not read the object " + id, e);
    }
  }

  private String treeWithoutDatalake(RevCommit commit) throws IOException {
    TreeFormatter formatter = new TreeFormatter();
    try (TreeWalk top = new TreeWalk(repository);
        ObjectInserter.Formatter ids = new ObjectInserter.Formatter()) {
      top.addTree(commit.getTree());
      while (top.next()) {
        if (!top.getNameString().equals("datalake")) {
          formatter.append(top.getNameString(), top.getFileMode(), top.getObjectId(0));
        }
      }
      return ids.idFor(formatter).name();
    }
  }

  private static String modeText(FileMode mode) {
    return String.format("%06o", mode.getBits());
  }

  Repository jgit() {
    return repository;
  }

  Checkpoint checkpoint() {
    return checkpoint;
  }

  @Override
  public void close() {
    repository.close();
  }
}
