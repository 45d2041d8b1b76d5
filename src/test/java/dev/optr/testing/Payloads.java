package dev.optr.testing;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.PrettyJson;
import java.util.Map;
import java.util.TreeMap;

/**
 * Payloads of events beside those of {@code pull_request}, as far as GitHub's webhook pages
 * describe what is read of them, about {@code acme/widgets}.
 */
public final class Payloads {
  private Payloads() {}

  /** An {@code issue_comment} event. */
  public static String comment(
      long number,
      long id,
      String author,
      String type,
      String body,
      String action,
      boolean onPullRequest) {
    Json.Builder issue = Json.object().put("number", number);
    if (onPullRequest) {
      issue.put("pull_request", Json.object().put("url", "https://api.github.com/x").build());
    }
    JsonObject user = Json.object().put("login", author).put("id", 1815).put("type", type).build();
    return text(
        Json.object()
            .put("action", action)
            .put("issue", issue.build())
            .put(
                "comment",
                Json.object()
                    .put("id", id)
                    .put("body", body)
                    .put("user", user)
                    .put("created_at", "2026-11-22T10:00:00Z")
                    .put("html_url", "https://github.com/acme/widgets/pull/7#issuecomment-" + id)
                    .build())
            .put("repository", repository())
            .put("sender", user));
  }

  /** A {@code workflow_dispatch} event; inputs are text, as GitHub sends them. */
  public static String dispatch(String branch, Map<String, String> inputs) {
    Json.Builder given = Json.object();
    new TreeMap<>(inputs).forEach(given::put);
    return text(
        Json.object()
            .put("ref", "refs/heads/" + branch)
            .put("workflow", ".github/workflows/optr.yml")
            .put("inputs", given.build())
            .put("repository", repository())
            .put("sender", Json.object().put("login", "ada").put("id", 1815).build()));
  }

  /** A {@code merge_group} event. */
  public static String mergeGroup(String action, String headRef, String head, String base) {
    return text(
        Json.object()
            .put("action", action)
            .put(
                "merge_group",
                Json.object()
                    .put("head_sha", head)
                    .put("head_ref", headRef)
                    .put("base_sha", base)
                    .put("base_ref", "refs/heads/main")
                    .build())
            .put("repository", repository()));
  }

  /** A {@code push} event, whose repository has its birth as seconds. */
  public static String push(String branch, String before, String after) {
    return text(
        Json.object()
            .put("ref", "refs/heads/" + branch)
            .put("before", before)
            .put("after", after)
            .put("deleted", false)
            .put("repository", repository()));
  }

  static JsonObject repository() {
    return Json.object()
        .put("id", FakeGitHub.REPOSITORY_ID)
        .put("full_name", FakeGitHub.REPOSITORY)
        .put("default_branch", "main")
        .put("created_at", "2025-03-04T05:06:07Z")
        .build();
  }

  private static String text(Json.Builder payload) {
    return PrettyJson.text(payload.build());
  }
}
