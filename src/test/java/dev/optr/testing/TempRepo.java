package dev.optr.testing;

import dev.optr.base.Checkpoint;
import dev.optr.git.GitRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.MergeCommand;
import org.eclipse.jgit.api.MergeResult;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;

/**
 * A real git repository in a directory, with commits in one line. The branch is {@code main}; time
 * starts at 2026-01-01T00:00:00Z and goes on by one minute per commit, so that ids are the same in
 * every run.
 */
public final class TempRepo implements AutoCloseable {
  private final Git git;
  private final Path directory;
  private Instant time = Instant.parse("2026-01-01T00:00:00Z");

  private TempRepo(Path directory, Git git) {
    this.directory = directory;
    this.git = git;
  }

  /** Makes an empty repository with a work tree. */
  public static TempRepo create(Path directory) {
    GitRepository.init(directory, Checkpoint.NONE).close();
    return open(directory);
  }

  /** Opens one that is there. */
  public static TempRepo open(Path directory) {
    GitRepository.open(directory, Checkpoint.NONE).close();
    try {
      return new TempRepo(directory, Git.open(directory.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Root of the work tree. */
  public Path directory() {
    return directory;
  }

  /** The same repository as the program sees it; close it after use. */
  public GitRepository repository() {
    return GitRepository.open(directory, Checkpoint.NONE);
  }

  /** Writes files of text, stages them and commits everything staged; gives the commit's id. */
  public String commit(String message, Map<String, String> files) {
    Map<String, byte[]> bytes = new HashMap<>();
    files.forEach((path, text) -> bytes.put(path, text.getBytes(StandardCharsets.UTF_8)));
    return commitBytes(message, bytes);
  }

  /** See {@link #commit}, for content that is no text. */
  public String commitBytes(String message, Map<String, byte[]> files) {
    files.forEach(this::writeBytes);
    files.keySet().forEach(this::stage);
    return commitStaged(message);
  }

  /** Commits what is staged, also nothing; gives the commit's id. */
  public String commitStaged(String message) {
    try {
      return git.commit()
          .setMessage(message)
          .setAuthor(person())
          .setCommitter(person())
          .setAllowEmpty(true)
          .setNoVerify(true)
          .setSign(false)
          .call()
          .name();
    } catch (GitAPIException e) {
      throw new IllegalStateException(e);
    } finally {
      time = time.plusSeconds(60);
    }
  }

  /** Deletes files, stages that and commits. */
  public String delete(String message, String... paths) {
    try {
      for (String path : paths) {
        git.rm().addFilepattern(path).call();
      }
    } catch (GitAPIException e) {
      throw new IllegalStateException(e);
    }
    return commitStaged(message);
  }

  /** Writes a file of the work tree, staging nothing. */
  public Path write(String path, String text) {
    return writeBytes(path, text.getBytes(StandardCharsets.UTF_8));
  }

  private Path writeBytes(String path, byte[] bytes) {
    try {
      Path file = directory.resolve(path);
      Files.createDirectories(file.resolveSibling("."));
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stages one path as it is in the work tree; a deletion too. */
  public void stage(String path) {
    try {
      boolean there =
          Files.exists(directory.resolve(path), java.nio.file.LinkOption.NOFOLLOW_LINKS);
      git.add().addFilepattern(path).setUpdate(!there).call();
    } catch (GitAPIException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes a branch at HEAD and switches to it. */
  public void branch(String name) {
    try {
      git.checkout().setName(name).setCreateBranch(true).call();
    } catch (GitAPIException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Switches to a branch or, detached, to a commit. */
  public void checkout(String revision) {
    try {
      git.checkout().setName(revision).call();
    } catch (GitAPIException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Merges without fast-forward and commits; a conflict is an error. */
  public String merge(String message, String revision) {
    try {
      MergeResult result =
          git.merge()
              .include(git.getRepository().resolve(revision))
              .setFastForward(MergeCommand.FastForwardMode.NO_FF)
              .setCommit(false)
              .call();
      if (!result.getMergeStatus().isSuccessful()) {
        throw new IllegalStateException("merge of " + revision + ": " + result.getMergeStatus());
      }
      return commitStaged(message);
    } catch (GitAPIException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Id of HEAD's commit. */
  public String head() {
    try (GitRepository repository = repository()) {
      return repository.resolve("HEAD").orElseThrow();
    }
  }

  /** Points a ref, with its whole name, at a commit: {@code refs/pull/7/head} for example. */
  public void ref(String name, String commit) {
    try {
      var update = git.getRepository().updateRef(name);
      update.setNewObjectId(org.eclipse.jgit.lib.ObjectId.fromString(commit));
      update.forceUpdate();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Paths that status reports as untracked, changed, staged or in conflict. */
  public List<String> uncommitted() {
    try {
      var status = git.status().call();
      return java.util.stream.Stream.concat(
              status.getUncommittedChanges().stream(), status.getUntracked().stream())
          .sorted()
          .toList();
    } catch (GitAPIException e) {
      throw new IllegalStateException(e);
    }
  }

  private PersonIdent person() {
    return new PersonIdent("Test Person", "test@example.org", time, ZoneOffset.UTC);
  }

  @Override
  public void close() {
    git.close();
  }
}
