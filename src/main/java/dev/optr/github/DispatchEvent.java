package dev.optr.github;

import dev.optr.base.JsonObject;

/**
 * The payload of a {@code workflow_dispatch} event (GitHub's webhook events and payloads).
 *
 * @param ref name of the branch that was chosen, without {@code refs/heads/}; a tag's name with
 *     {@code refs/tags/}
 * @param inputs as they were given, none where there are none
 * @param sender login of the one who started it
 */
public record DispatchEvent(
    String ref, JsonObject inputs, String sender, PullRequestEvent.Repository repository) {

  /**
   * Reads a payload.
   *
   * @throws dev.optr.base.UserException with one message for every member that is missing or
   *     malformed
   */
  public static DispatchEvent parse(JsonObject payload) {
    Payload event = new Payload("", payload);
    DispatchEvent parsed =
        new DispatchEvent(
            event.branch("ref"),
            event.objectOrEmpty("inputs"),
            event.object("sender").text("login"),
            PullRequestEvent.Repository.read(event.object("repository")));
    event.throwProblems();
    return parsed;
  }
}
