package dev.optr.git;

import dev.optr.base.Bytes;
import dev.optr.base.Checkpoint;
import dev.optr.base.Network;
import dev.optr.base.Secret;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.api.errors.InvalidRefNameException;
import org.eclipse.jgit.errors.AmbiguousObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * One repository on this machine, read and written through its objects and refs. Of its config only
 * the layout counts (bare, work tree, format); filters, line end conversion, hooks, credential
 * helpers and the user's own config are never used.
 */
public final class GitRepository implements AutoCloseable {
  static {
    IsolatedSystemReader.install();
  }

  private final Repository repository;
  private final Checkpoint checkpoint;
  private final CommitReader commits;

  private GitRepository(Repository repository, Checkpoint checkpoint) {
    this.repository = repository;
    this.checkpoint = checkpoint;
    this.commits = new CommitReader(this);
  }

  /**
   * Opens the repository that a directory belongs to (a work tree, a directory in it, or a bare
   * repository).
   *
   * @throws UserException where there is none, or one in a format that is not supported
   */
  public static GitRepository open(Path directory, Checkpoint checkpoint) {
    try {
      FileRepositoryBuilder builder =
          new FileRepositoryBuilder().findGitDir(directory.toAbsolutePath().toFile());
      if (builder.getGitDir() == null) {
        throw new UserException(directory + ": not in a git repository");
      }
      Repository repository = builder.setMustExist(true).build();
      String format = repository.getConfig().getString("extensions", null, "objectFormat");
      if (format != null && !format.equals("sha1")) {
        repository.close();
        throw new UserException(
            directory + ": object format '" + format + "' is not supported; use sha1");
      }
      return new GitRepository(repository, checkpoint);
    } catch (IOException | IllegalArgumentException e) {
      throw ServiceException.lasting("could not open the git repository at " + directory, e);
    }
  }

  /** Makes an empty bare repository, or opens the one that is already there. */
  public static GitRepository initBare(Path directory, Checkpoint checkpoint) {
    return create(new FileRepositoryBuilder().setBare().setGitDir(directory.toFile()), checkpoint);
  }

  /** Makes an empty repository with a work tree and the branch {@code main}. */
  public static GitRepository init(Path workTree, Checkpoint checkpoint) {
    return create(
        new FileRepositoryBuilder()
            .setWorkTree(workTree.toFile())
            .setGitDir(workTree.resolve(Constants.DOT_GIT).toFile()),
        checkpoint);
  }

  private static GitRepository create(FileRepositoryBuilder builder, Checkpoint checkpoint) {
    try {
      Files.createDirectories(builder.getGitDir().toPath());
      Repository repository = builder.setInitialBranch("main").build();
      if (!repository.getObjectDatabase().exists()) {
        repository.create(repository.isBare());
        checkpoint.passed("made " + builder.getGitDir());
      }
      return new GitRepository(repository, checkpoint);
    } catch (InvalidRefNameException e) {
      throw new IllegalStateException("'main' is a valid name for a branch", e);
    } catch (IOException e) {
      throw ServiceException.lasting(
          "could not make a git repository at " + builder.getGitDir(), e);
    }
  }

  /** Where its refs and its own files lie; for a linked work tree that tree's own directory. */
  public Path gitDirectory() {
    return repository.getDirectory().toPath().toAbsolutePath();
  }

  /** Root of the work tree; empty for a bare repository. */
  public Optional<Path> workTree() {
    return repository.isBare()
        ? Optional.empty()
        : Optional.of(repository.getWorkTree().toPath().toAbsolutePath());
  }

  /** Id of the commit that a revision names, if it names one. */
  public Optional<String> resolve(String revision) {
    try {
      return Optional.ofNullable(repository.resolve(revision + "^{commit}")).map(ObjectId::name);
    } catch (AmbiguousObjectException e) {
      throw new UserException(
          "revision '" + revision + "' names several objects; write more of it");
    } catch (MissingObjectException | IncorrectObjectTypeException | RevisionSyntaxException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw ServiceException.lasting("could not resolve '" + revision + "'", e);
    }
  }

  /** Short name of the branch that HEAD is on, also before its first commit; empty if detached. */
  public Optional<String> currentBranch() {
    try {
      String head = repository.getFullBranch();
      return head != null && head.startsWith(Constants.R_HEADS)
          ? Optional.of(head.substring(Constants.R_HEADS.length()))
          : Optional.empty();
    } catch (IOException e) {
      throw ServiceException.lasting("could not read HEAD of " + gitDirectory(), e);
    }
  }

  /** The URL that the config gives for a remote, as a name for what lies there; never contacted. */
  public Optional<String> remoteUrl(String remote) {
    return Optional.ofNullable(repository.getConfig().getString("remote", remote, "url"));
  }

  /** What a commit holds, without {@code datalake}. */
  public FrozenTree frozenTree(String commit) {
    return commits.frozenTree(commit);
  }

  /** Id of a commit's tree without its top-level entry {@code datalake}. */
  public String treeWithoutDatalake(String commit) {
    return commits.treeWithoutDatalake(commit);
  }

  /** The whole content of a blob. */
  public byte[] blob(String id) {
    return commits.blob(id);
  }

  /** Opens a reader of blobs, for one thread at a time. */
  BlobReader blobs() {
    File objects = new File(repository.getCommonDirectory(), Constants.OBJECTS);
    return new BlobReader(repository.newObjectReader(), new LooseBlobs(objects));
  }

  /** Mode and blob of a file (or symlink) in a commit, {@code datalake} included. */
  public Optional<FrozenTree.File> entry(String commit, String path) {
    return commits.entry(commit, path);
  }

  /** Content of a file (or target of a symlink) in a commit, {@code datalake} included. */
  public Optional<Bytes> file(String commit, String path) {
    return commits.file(commit, path);
  }

  /**
   * Everything below a directory of a commit, {@code datalake} included, whole paths in byte order;
   * empty where there is no such directory.
   *
   * @param directory without a slash at its end; empty for all
   */
  public List<FrozenTree.File> files(String commit, String directory) {
    return commits.files(commit, directory);
  }

  /** Ids of a commit's parents, the first one first. */
  public List<String> parents(String commit) {
    return new History(repository).parents(commit);
  }

  /** A commit's whole message. */
  public String message(String commit) {
    return new History(repository).message(commit);
  }

  /** The header of a commit. */
  public CommitObject commitObject(String commit) {
    return new History(repository).commitObject(commit);
  }

  /** Whether history was cut off when the repository was cloned. */
  public boolean isShallow() {
    try {
      return !repository.getObjectDatabase().getShallowCommits().isEmpty();
    } catch (IOException e) {
      throw ServiceException.lasting("could not read the history of " + gitDirectory(), e);
    }
  }

  /**
   * Whether index or work tree differ from HEAD. As with {@code git describe --dirty}, untracked
   * files do not count. Content is compared byte for byte, without filters. Never dirty where bare.
   */
  public boolean isDirty() {
    return new WorkTree(repository).isDirty();
  }

  /**
   * Whether {@code ancestor} is reachable from {@code descendant}; a commit is its own ancestor.
   */
  public boolean isAncestor(String ancestor, String descendant) {
    return new History(repository).isAncestor(ancestor, descendant);
  }

  /** The commit that both have in common, the best of several; empty where there is none. */
  public Optional<String> mergeBase(String one, String other) {
    return new History(repository).mergeBase(one, other);
  }

  /**
   * Commits reachable from a tip in which a path (file or directory) differs from every parent's,
   * children before parents: all that can have introduced something there. A merge that takes one
   * side as it was is not among them.
   */
  public List<String> commitsTouching(String tip, String path) {
    return new History(repository).commitsTouching(tip, Optional.empty(), path);
  }

  /** The same without those that another commit has in its history. */
  public List<String> commitsTouching(String tip, String without, String path) {
    return new History(repository).commitsTouching(tip, Optional.of(without), path);
  }

  /**
   * Whether a path (file or directory) differs between a commit and its first parent; where it has
   * none, or the clone ends there, whether the commit has it.
   */
  public boolean changes(String commit, String path) {
    return new History(repository).changes(commit, path);
  }

  /** Paths that differ between a commit and its first parent; all of them where it has none. */
  public List<String> changedPaths(String commit) {
    return new History(repository).changedPaths(commit);
  }

  /**
   * Fetches over HTTPS (or HTTP, or from a directory), the network's way, from nothing but the
   * given origin; redirects to another one are refused. See {@link Fetch}.
   *
   * @param refSpecs {@code [+]source:destination}, with whole ref names
   */
  public void fetch(Network network, URI remote, Optional<Secret> token, List<String> refSpecs) {
    new Fetch(repository, checkpoint, network).fetch(remote, token, refSpecs);
  }

  /**
   * Moves a branch from one commit to another.
   *
   * @param branch short name
   * @param expectedOld the commit that it must be on
   * @return whether it moved; false if it was not where it was expected
   */
  public boolean moveBranch(String branch, String expectedOld, String commit) {
    return new BranchMove(repository, checkpoint).move(branch, expectedOld, commit);
  }

  /**
   * Makes a branch.
   *
   * @param branch short name
   * @return whether it was made; false if there was one already
   */
  public boolean createBranch(String branch, String commit) {
    return new BranchMove(repository, checkpoint).move(branch, ObjectId.zeroId().name(), commit);
  }

  Repository jgit() {
    return repository;
  }

  Checkpoint checkpoint() {
    return checkpoint;
  }

  CommitReader commits() {
    return commits;
  }

  @Override
  public void close() {
    repository.close();
  }
}
