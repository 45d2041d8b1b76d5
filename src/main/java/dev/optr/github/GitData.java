package dev.optr.github;

import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.ServiceException;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHRef;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GHTreeBuilder;

/** Commits and branches, written through the REST API's git database. */
public final class GitData {
  /** GitHub gives up on requests for large trees; this many entries were always answered. */
  private static final int ENTRIES_PER_TREE = 100;

  private static final int PAGE = 100;

  private final GitHubConnection connection;
  private final Endpoint endpoint;
  private final Transport transport;

  GitData(GitHubConnection connection, Endpoint endpoint, Transport transport) {
    this.connection = connection;
    this.endpoint = endpoint;
    this.transport = transport;
  }

  /**
   * Makes a commit with one parent, which no ref reaches yet. It has neither author nor committer
   * of ours: only then does GitHub put the token's bot there and sign it.
   *
   * @param files contents of regular files by path, put in place of what the parent has there
   * @return its id, 40 hex digits
   */
  public String commit(String parent, Map<String, Bytes> files, String message) {
    return connection.perform(
        "make a commit on " + parent,
        () -> {
          GHRepository repository = connection.repository();
          String base = repository.getCommit(parent).getCommitShortInfo().getTreeSHA1();
          return repository
              .createCommit()
              .message(message)
              .tree(tree(repository, base, files))
              .parent(parent)
              .create()
              .getSHA1();
        });
  }

  private static String tree(GHRepository repository, String base, Map<String, Bytes> files)
      throws IOException {
    String tree = base;
    GHTreeBuilder builder = repository.createTree().baseTree(tree);
    int entries = 0;
    for (Map.Entry<String, Bytes> file : new TreeMap<>(files).entrySet()) {
      if (entries == ENTRIES_PER_TREE) {
        tree = builder.create().getSha();
        builder = repository.createTree().baseTree(tree);
        entries = 0;
      }
      builder.add(file.getKey(), file.getValue().toArray(), false);
      entries++;
    }
    return entries == 0 ? tree : builder.create().getSha();
  }

  /**
   * The commit that a branch stands on.
   *
   * @param branch its name, without {@code refs/heads/}
   */
  public Optional<String> branchHead(String branch) {
    return connection
        .perform("read the branch '" + branch + "'", () -> Optional.ofNullable(reference(branch)))
        .map(reference -> reference.getObject().getSha());
  }

  /**
   * Moves a branch forward, if it still stands where it was evaluated. GitHub's own check is for
   * fast-forward alone, which would bring back commits that the author dropped, so the branch is
   * read again right before.
   *
   * @param branch its name, without {@code refs/heads/}
   */
  public BranchMove moveBranch(String branch, String expectedOld, String newCommit) {
    String what = "move the branch '" + branch + "' to " + newCommit;
    try {
      return connection.perform(what, () -> attempt(branch, expectedOld, newCommit));
    } catch (ServiceException e) {
      if (!e.worthRetrying()) {
        throw e;
      }
      // The branch may have moved although we did not hear so; the second attempt looks first.
      return connection.perform(what, () -> attempt(branch, expectedOld, newCommit));
    }
  }

  private BranchMove attempt(String branch, String expectedOld, String newCommit)
      throws IOException {
    GHRef reference = reference(branch);
    String actual = reference == null ? null : reference.getObject().getSha();
    if (newCommit.equals(actual)) {
      return new BranchMove.Moved();
    }
    if (!expectedOld.equals(actual)) {
      return new BranchMove.Superseded(actual);
    }
    try {
      // Not by hub4j, which would send this to whatever address the answer named.
      Json _ =
          transport.sendJson(
              "PATCH",
              endpoint.resource("git/refs/heads/" + branch),
              Json.object().put("sha", newCommit).put("force", false).build());
      return new BranchMove.Moved();
    } catch (HttpRefusal refusal) {
      return refused(branch, refusal);
    }
  }

  private BranchMove refused(String branch, HttpRefusal refusal) throws IOException {
    String message = String.valueOf(refusal.getMessage());
    String words = message.toLowerCase(Locale.ROOT);
    boolean raced =
        words.contains("not a fast forward")
            || words.contains("reference does not exist")
            || words.contains("expected");
    if (refusal.status() == 409 || (refusal.status() == 422 && raced)) {
      GHRef reference = reference(branch);
      return new BranchMove.Superseded(reference == null ? null : reference.getObject().getSha());
    }
    if (refusal.status() == 422
        || (refusal.status() == 403 && !words.contains("resource not accessible by"))) {
      return new BranchMove.Refused(message);
    }
    throw refusal;
  }

  private @Nullable GHRef reference(String branch) throws IOException {
    // The list is sorted, so that a branch comes before those that only begin with its name.
    for (GHRef reference :
        connection.repository().listMatchingRefs("heads/" + branch).withPageSize(PAGE)) {
      if (reference.getRef().equals("refs/heads/" + branch)) {
        return reference;
      }
    }
    return null;
  }
}
