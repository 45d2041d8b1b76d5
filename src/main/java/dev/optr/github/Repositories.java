package dev.optr.github;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.UserException;
import java.io.IOException;

/** The repository itself (REST API, "Repositories"), for events whose payload does not show it. */
public final class Repositories {
  private final GitHubConnection connection;
  private final Endpoint endpoint;
  private final Transport transport;

  Repositories(GitHubConnection connection, Endpoint endpoint, Transport transport) {
    this.connection = connection;
    this.endpoint = endpoint;
    this.transport = transport;
  }

  /** Asks for the repository. */
  public PullRequestEvent.Repository get() {
    return connection.perform(
        "read the repository " + endpoint.repository(),
        () -> read(transport.sendJson("GET", endpoint.repositoryUrl(), Json.NULL)));
  }

  private static PullRequestEvent.Repository read(Json answer) throws IOException {
    if (!(answer instanceof JsonObject object)) {
      throw new IOException("GitHub's answer is no repository");
    }
    try {
      Payload payload = new Payload("", object);
      PullRequestEvent.Repository repository = PullRequestEvent.Repository.read(payload);
      payload.throwProblems();
      return repository;
    } catch (UserException malformed) {
      throw new IOException("GitHub's answer is no repository", malformed);
    }
  }
}
