package dev.optr.github;

import dev.optr.base.JsonObject;

/**
 * The payload of a {@code push} event (GitHub's webhook events and payloads).
 *
 * @param ref full name of what was pushed
 * @param before what it stood on, 40 hex digits, all zero where it is new
 * @param after what it stands on, 40 hex digits, all zero where it was deleted
 */
public record PushEvent(
    String ref,
    String before,
    String after,
    boolean deleted,
    PullRequestEvent.Repository repository) {

  /**
   * Reads a payload.
   *
   * @throws dev.optr.base.UserException with one message for every member that is missing or
   *     malformed
   */
  public static PushEvent parse(JsonObject payload) {
    Payload event = new Payload("", payload);
    PushEvent parsed =
        new PushEvent(
            event.text("ref"),
            event.commit("before"),
            event.commit("after"),
            event.boolOrFalse("deleted"),
            PullRequestEvent.Repository.read(event.object("repository")));
    event.throwProblems();
    return parsed;
  }
}
