package dev.optr.git;

import dev.optr.base.Bytes;
import dev.optr.base.Checkpoint;
import dev.optr.base.Network;
import dev.optr.base.ServiceException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.StoredConfig;

/**
 * Makes a repository of one commit on {@code main}, and a bare remote {@code origin} that has it.
 */
public final class NewRepository {
  private static final String MAIN = "main";

  private NewRepository() {}

  public static void create(
      Path workTree, Path remote, Map<String, Bytes> files, String message, Instant when) {
    try (GitRepository repository = GitRepository.init(workTree, Checkpoint.NONE);
        GitRepository bare = GitRepository.initBare(remote, Checkpoint.NONE)) {
      String commit =
          AnchorCommit.buildRoot(repository, files, message, "optr", "optr@localhost", when);
      repository.createBranch(MAIN, commit);
      new LocalBranch(repository).advance(MAIN, commit, commit, files);
      bare.fetch(
          Network.direct(),
          workTree.toUri(),
          Optional.empty(),
          List.of("+refs/heads/main:refs/heads/main"));
      StoredConfig config = repository.jgit().getConfig();
      config.setString("remote", "origin", "url", remote.toString());
      config.setString("remote", "origin", "fetch", "+refs/heads/*:refs/remotes/origin/*");
      config.save();
    } catch (IOException e) {
      throw ServiceException.lasting("could not make a repository in " + workTree, e);
    }
  }
}
