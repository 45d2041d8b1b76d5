package dev.optr.github;

import dev.optr.base.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The payload of a {@code pull_request} event (GitHub's webhook events and payloads). Only what is
 * used is read; any other member may come, go or change.
 *
 * @param action what happened, for example {@code synchronize}; {@code asked} where nothing did
 * @param number the pull request's number
 * @param title as its author wrote it
 * @param body as its author wrote it, null where it is empty
 * @param author login of the one who opened it
 * @param draft true while it is a draft
 * @param state {@code open} or {@code closed}
 * @param head what is proposed
 * @param base what it is proposed for
 * @param repository where it was opened, which is the base's repository
 * @param mergeCommit what the base got by it: the merge, the squashed commit, or the last of those
 *     that were rebased; null where it is not merged
 * @param label the one that was put on or taken off, where that is what happened
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
    Repository repository,
    boolean merged,
    @Nullable String mergeCommit,
    Optional<String> label) {

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
  public record Repository(long id, String fullName, String defaultBranch, String createdAt) {
    static Repository read(Payload repository) {
      return new Repository(
          repository.positive("id"),
          repository.text("full_name"),
          repository.text("default_branch"),
          repository.time("created_at"));
    }
  }

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
        read(
            event.text("action"),
            event.positive("number"),
            pullRequest,
            Repository.read(event.object("repository")),
            event.hasObject("label")
                ? Optional.of(event.object("label").text("name"))
                : Optional.empty());
    event.throwProblems();
    return parsed;
  }

  /**
   * A pull request as GitHub answers for it, in place of an event.
   *
   * @param pullRequest GitHub's answer (REST API, "Get a pull request")
   * @param repository where it was opened
   * @throws dev.optr.base.UserException see {@link #parse}
   */
  public static PullRequestEvent asked(JsonObject pullRequest, Repository repository) {
    Payload answer = new Payload("", pullRequest);
    PullRequestEvent parsed =
        read("asked", answer.positive("number"), answer, repository, Optional.empty());
    answer.throwProblems();
    return parsed;
  }

  private static PullRequestEvent read(
      String action,
      long number,
      Payload pullRequest,
      Repository repository,
      Optional<String> label) {
    boolean merged = pullRequest.boolOrFalse("merged");
    return new PullRequestEvent(
        action,
        number,
        pullRequest.text("title"),
        pullRequest.textOrNull("body"),
        pullRequest.object("user").text("login"),
        pullRequest.bool("draft"),
        pullRequest.text("state"),
        head(pullRequest.object("head")),
        base(pullRequest.object("base")),
        repository,
        merged,
        merged ? pullRequest.commit("merge_commit_sha") : null,
        label);
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
