package dev.optr.github;

import dev.optr.base.Json;

/** Reactions to comments (REST API, "Reactions"): the receipt for a command. */
public final class Reactions {
  private final GitHubConnection connection;
  private final Endpoint endpoint;
  private final Transport transport;

  Reactions(GitHubConnection connection, Endpoint endpoint, Transport transport) {
    this.connection = connection;
    this.endpoint = endpoint;
    this.transport = transport;
  }

  /**
   * Reacts to a comment on an issue or a pull request; a reaction that is there already stays.
   *
   * @return false where the token may not, or the comment is gone
   */
  public boolean add(long comment, Reaction reaction) {
    return connection.perform(
        "react to the comment " + comment,
        () -> {
          try {
            Json _ =
                transport.sendJson(
                    "POST",
                    endpoint.resource("issues/comments/" + comment + "/reactions"),
                    Json.object().put("content", reaction.content()).build());
            return true;
          } catch (HttpRefusal refusal) {
            if (refusal.status() == 403 || refusal.status() == 404) {
              return false;
            }
            throw refusal;
          }
        });
  }
}
