package dev.optr.github;

import dev.optr.base.JsonObject;

/**
 * The payload of a {@code merge_group} event (GitHub's webhook events and payloads).
 *
 * @param action {@code checks_requested} or {@code destroyed}
 * @param headSha the commit that would be merged, 40 hex digits
 * @param headRef full name of the queue's ref for it
 * @param baseSha what it would be merged onto, 40 hex digits
 * @param baseRef name of the branch, without {@code refs/heads/}
 */
public record MergeGroupEvent(
    String action,
    String headSha,
    String headRef,
    String baseSha,
    String baseRef,
    PullRequestEvent.Repository repository) {

  /**
   * Reads a payload.
   *
   * @throws dev.optr.base.UserException with one message for every member that is missing or
   *     malformed
   */
  public static MergeGroupEvent parse(JsonObject payload) {
    Payload event = new Payload("", payload);
    Payload group = event.object("merge_group");
    MergeGroupEvent parsed =
        new MergeGroupEvent(
            event.text("action"),
            group.commit("head_sha"),
            group.text("head_ref"),
            group.commit("base_sha"),
            group.branch("base_ref"),
            PullRequestEvent.Repository.read(event.object("repository")));
    event.throwProblems();
    return parsed;
  }
}
