package dev.optr.github;

import dev.optr.base.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The payload of a {@code pull_request} event (GitHub's webhook events and payloads). Only what is
 * used is read; any other member may come, go or change.
 *
 * @param action what happened, for example {@code synchronize}
 * @param number the pull request's number
 * @param title as its author wrote it
 * @param body as its author wrote it, null where it is empty
 * @param author login of the one who opened it
 * @param draft true while it is a draft
 * @param state {@code open} or {@code closed}
 * @param head what is proposed
 * @param base what it is proposed for
 * @param repository where it was opened, which is the base's repository
 */
public record PullRequestEvent(
    String action,
    long number,
    String title,
    @Nullable String body,
    String author,
    boolean draft,
    String state,
    Head head,
    Base base,
    Repository repository) {

  private static final String DEPENDABOT = "dependabot[bot]";

  /**
   * @param ref name of the branch, without {@code refs/heads/}
   * @param sha the newest commit, 40 hex digits
   * @param repositoryId null where the fork was deleted
   * @param fullName {@code owner/name}, null where the fork was deleted
   */
  public record Head(
      String ref, String sha, @Nullable Long repositoryId, @Nullable String fullName) {}

  /**
   * @param ref name of the branch, without {@code refs/heads/}
   * @param sha its newest commit when the event was made, 40 hex digits
   */
  public record Base(String ref, String sha, long repositoryId, String fullName) {}

  /**
   * @param createdAt RFC 3339, in UTC
   */
  public record Repository(long id, String fullName, String defaultBranch, String createdAt) {}

  /**
   * Reads a payload.
   *
   * @throws dev.optr.base.UserException with one message for every member that is missing or
   *     malformed
   */
  public static PullRequestEvent parse(JsonObject payload) {
    Payload event = new Payload("", payload);
    Payload pullRequest = event.object("pull_request");
    PullRequestEvent parsed =
        new PullRequestEvent(
            event.text("action"),
            event.positive("number"),
            pullRequest.text("title"),
            pullRequest.textOrNull("body"),
            pullRequest.object("user").text("login"),
            pullRequest.bool("draft"),
            pullRequest.text("state"),
            head(pullRequest.object("head")),
            base(pullRequest.object("base")),
            repository(event.object("repository")));
    event.throwProblems();
    return parsed;
  }

  private static Head head(Payload head) {
    // GitHub sends "repo": null once the fork is gone.
    if (head.isNull("repo")) {
      return new Head(head.text("ref"), head.commit("sha"), null, null);
    }
    Payload repository = head.object("repo");
    return new Head(
        head.text("ref"),
        head.commit("sha"),
        repository.positive("id"),
        repository.text("full_name"));
  }

  private static Base base(Payload base) {
    Payload repository = base.object("repo");
    return new Base(
        base.text("ref"),
        base.commit("sha"),
        repository.positive("id"),
        repository.text("full_name"));
  }

  private static Repository repository(Payload repository) {
    return new Repository(
        repository.positive("id"),
        repository.text("full_name"),
        repository.text("default_branch"),
        repository.time("created_at"));
  }

  /** True where the proposed branch is in another repository, or in one that is gone. */
  public boolean isFork() {
    return head.repositoryId() == null || head.repositoryId() != base.repositoryId();
  }

  /**
   * True where Dependabot opened it. The event's actor does not tell: it changes with a re-run, and
   * the token stays read-only all the same.
   */
  public boolean isFromDependabot() {
    return author.equals(DEPENDABOT);
  }
}
