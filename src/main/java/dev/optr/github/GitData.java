package dev.optr.github;

import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Commits, branches and tags, written through the REST API's git database. */
public final class GitData {
  private final GitHubConnection connection;
  private final Endpoint endpoint;
  private final Transport transport;
  private final References references;

  GitData(GitHubConnection connection, Endpoint endpoint, Transport transport) {
    this.connection = connection;
    this.endpoint = endpoint;
    this.transport = transport;
    this.references = new References(connection, endpoint, transport);
  }

  /**
   * Makes a commit with one parent, which no ref reaches yet.
   *
   * @param files contents of regular files by path, put in place of what the parent has there
   * @return its id, 40 hex digits
   */
  public String commit(String parent, Map<String, Bytes> files, String message) {
    Map<String, TreeEdit> edits = new TreeMap<>();
    files.forEach((path, content) -> edits.put(path, TreeEdit.file(content)));
    return commit(new NewCommit(parent, edits, List.of(parent), message)).commit();
  }

  /**
   * Makes a commit, which no ref reaches yet. It has neither author nor committer of ours: only
   * then does GitHub put the token's bot there and sign it.
   *
   * @throws NoGitDataException where the server has no git data API for us
   */
  public Committed commit(NewCommit commit) {
    String on = commit.parents().isEmpty() ? "" : " on " + commit.parents().getFirst();
    return connection.perform("make a commit" + on, () -> make(commit));
  }

  private Committed make(NewCommit commit) throws IOException {
    try {
      String tree = new NewTree(connection.repository(), endpoint, transport).of(commit);
      return commit(commit, tree);
    } catch (IOException e) {
      HttpRefusal refusal = GitHubConnection.cause(e, HttpRefusal.class);
      if (refusal != null && isAbsence(refusal) && isRepositoryReadable()) {
        throw new NoGitDataException(
            "the server has no git data API for this token (HTTP %d: %s)"
                .formatted(refusal.status(), refusal.getMessage()),
            refusal);
      }
      throw e;
    }
  }

  private Committed commit(NewCommit commit, String tree) throws IOException {
    JsonObject body =
        Json.object()
            .put("message", commit.message())
            .put("tree", tree)
            .put("parents", Json.texts(commit.parents()))
            .build();
    Json made = transport.sendJson("POST", endpoint.resource("git/commits"), body);
    return new Committed(GitObject.id(made), GitObject.id(GitObject.member(made, "tree")));
  }

  private static boolean isAbsence(HttpRefusal refusal) {
    return refusal.status() == 404 || refusal.status() == 405 || refusal.status() == 501;
  }

  private boolean isRepositoryReadable() throws IOException {
    try {
      Json _ = transport.sendJson("GET", endpoint.repositoryUrl(), Json.NULL);
      return true;
    } catch (HttpRefusal unreadable) {
      return false;
    }
  }

  /**
   * The commit that a branch stands on.
   *
   * @param branch its name, without {@code refs/heads/}
   */
  public Optional<String> branchHead(String branch) {
    return references.find("heads/" + branch, "branch '" + branch + "'");
  }

  /**
   * Moves a branch forward, if it still stands where it was evaluated. GitHub's own check is for
   * fast-forward alone, which would bring back commits that the author dropped, so the branch is
   * read again right before.
   *
   * @param branch its name, without {@code refs/heads/}
   */
  public BranchMove moveBranch(String branch, String expectedOld, String newCommit) {
    return references.move("heads/" + branch, "branch '" + branch + "'", expectedOld, newCommit);
  }

  /**
   * Makes a branch. One that exists already is {@link BranchMove.Superseded}, unless it stands on
   * this very commit.
   *
   * @param branch its name, without {@code refs/heads/}
   */
  public BranchMove createBranch(String branch, String commit) {
    return references.create("heads/" + branch, "branch '" + branch + "'", commit);
  }

  /**
   * Makes a tag of the light kind. One that exists already is {@link BranchMove.Superseded}, unless
   * it stands on this very commit.
   *
   * @param name its name, without {@code refs/tags/}
   */
  public BranchMove createTag(String name, String commit) {
    return references.create("tags/" + name, "tag '" + name + "'", commit);
  }

  /**
   * Deletes a branch, wherever it stands.
   *
   * @param branch its name, without {@code refs/heads/}
   * @return false where there was none
   */
  public boolean deleteBranch(String branch) {
    return references.delete("heads/" + branch, "branch '" + branch + "'");
  }
}
