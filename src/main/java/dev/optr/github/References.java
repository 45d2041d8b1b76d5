package dev.optr.github;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.ServiceException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Branches and tags (REST API, "Git references"). */
final class References {
  private final GitHubConnection connection;
  private final Endpoint endpoint;
  private final Transport transport;

  References(GitHubConnection connection, Endpoint endpoint, Transport transport) {
    this.connection = connection;
    this.endpoint = endpoint;
    this.transport = transport;
  }

  /**
   * The commit that a ref stands on.
   *
   * @param name without {@code refs/}
   * @param what the same for people
   */
  Optional<String> find(String name, String what) {
    return connection.perform("read the " + what, () -> read(name));
  }

  BranchMove move(String name, String what, String expectedOld, String newCommit) {
    return twice(
        "move the " + what + " to " + newCommit, () -> attempt(name, expectedOld, newCommit));
  }

  BranchMove create(String name, String what, String commit) {
    return twice("make the " + what + " at " + commit, () -> make(name, commit));
  }

  boolean delete(String name, String what) {
    return connection.perform(
        "delete the " + what,
        () -> {
          try {
            Reply _ = transport.send("DELETE", endpoint.resource("git/refs/" + name), new byte[0]);
            return true;
          } catch (HttpRefusal refusal) {
            if (refusal.status() == 404 || (refusal.status() == 422 && read(name).isEmpty())) {
              return false;
            }
            throw refusal;
          }
        });
  }

  private BranchMove twice(String what, GitHubConnection.Operation<BranchMove> attempt) {
    try {
      return connection.perform(what, attempt);
    } catch (ServiceException e) {
      if (!e.worthRetrying()) {
        throw e;
      }
      // It may have taken effect although we did not hear so; the second attempt looks.
      return connection.perform(what, attempt);
    }
  }

  private BranchMove attempt(String name, String expectedOld, String newCommit) throws IOException {
    Optional<String> actual = read(name);
    if (actual.equals(Optional.of(newCommit))) {
      return new BranchMove.Moved();
    }
    if (!actual.equals(Optional.of(expectedOld))) {
      return new BranchMove.Superseded(actual.orElse(null));
    }
    try {
      Json _ =
          transport.sendJson(
              "PATCH",
              endpoint.resource("git/refs/" + name),
              Json.object().put("sha", newCommit).put("force", false).build());
      return new BranchMove.Moved();
    } catch (HttpRefusal refusal) {
      return refused(name, refusal);
    }
  }

  private BranchMove make(String name, String commit) throws IOException {
    try {
      Json _ =
          transport.sendJson(
              "POST",
              endpoint.resource("git/refs"),
              Json.object().put("ref", "refs/" + name).put("sha", commit).build());
      return new BranchMove.Moved();
    } catch (HttpRefusal refusal) {
      Optional<String> actual = refusal.status() == 422 ? read(name) : Optional.empty();
      if (actual.isEmpty()) {
        return refused(name, refusal);
      }
      return actual.get().equals(commit)
          ? new BranchMove.Moved()
          : new BranchMove.Superseded(actual.get());
    }
  }

  private BranchMove refused(String name, HttpRefusal refusal) throws IOException {
    String message = String.valueOf(refusal.getMessage());
    String words = message.toLowerCase(Locale.ROOT);
    boolean raced =
        words.contains("not a fast forward")
            || words.contains("reference does not exist")
            || words.contains("expected");
    if (refusal.status() == 409 || (refusal.status() == 422 && raced)) {
      return new BranchMove.Superseded(read(name).orElse(null));
    }
    if (refusal.status() == 422
        || (refusal.status() == 403 && !words.contains("resource not accessible by"))) {
      return new BranchMove.Refused(message);
    }
    throw refusal;
  }

  /** By the list of like names, which tells a ref that is not there from what may not be seen. */
  private Optional<String> read(String name) throws IOException {
    Json answer =
        transport.sendJson("GET", endpoint.resource("git/matching-refs/" + name), Json.NULL);
    if (!(answer instanceof Json.Array(List<Json> listed))) {
      throw new IOException("GitHub's list of refs is no list");
    }
    for (Json one : listed) {
      if (one instanceof JsonObject object && ("refs/" + name).equals(object.text("ref"))) {
        return Optional.of(GitObject.id(object.object("object")));
      }
    }
    return Optional.empty();
  }
}
