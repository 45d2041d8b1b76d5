package dev.optr.github;

import dev.optr.base.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;

/**
 * The payload of an {@code issue_comment} event (GitHub's webhook events and payloads).
 *
 * @param action {@code created}, {@code edited} or {@code deleted}
 * @param issue number of the issue or pull request
 * @param onPullRequest true where that is a pull request
 * @param comment the comment's id
 * @param body as its author wrote it; may be empty
 * @param author login of the one who wrote the comment
 * @param authorIsBot true where that is an App's bot
 * @param htmlUrl its web page
 */
public record CommentEvent(
    String action,
    long issue,
    boolean onPullRequest,
    long comment,
    String body,
    String author,
    long authorId,
    boolean authorIsBot,
    Instant createdAt,
    URI htmlUrl,
    PullRequestEvent.Repository repository) {

  /**
   * Reads a payload.
   *
   * @throws dev.optr.base.UserException with one message for every member that is missing or
   *     malformed
   */
  public static CommentEvent parse(JsonObject payload) {
    Payload event = new Payload("", payload);
    Payload issue = event.object("issue");
    Payload comment = event.object("comment");
    Payload author = comment.object("user");
    CommentEvent parsed =
        new CommentEvent(
            event.text("action"),
            issue.positive("number"),
            issue.hasObject("pull_request"),
            comment.positive("id"),
            Objects.requireNonNullElse(comment.textOrNull("body"), ""),
            author.text("login"),
            author.positive("id"),
            "Bot".equals(author.textOrNull("type")),
            comment.instant("created_at"),
            comment.page("html_url"),
            PullRequestEvent.Repository.read(event.object("repository")));
    event.throwProblems();
    return parsed;
  }
}
