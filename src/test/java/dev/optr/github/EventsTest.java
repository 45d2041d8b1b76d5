package dev.optr.github;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.base.UserException;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventsTest {
  private static final String REPOSITORY =
      """
      "repository": {"id": 4711, "full_name": "acme/widgets", "default_branch": "main",
                     "created_at": %s}
      """;
  private static final String A = "a".repeat(40);
  private static final String B = "b".repeat(40);

  private static JsonObject comment() {
    return json(
        """
        {"action": "created",
         "issue": {"number": 7, "pull_request": {"url": "https://x/"}},
         "comment": {"id": 99, "body": "/optr run", "created_at": "2026-11-22T11:00:00+01:00",
                     "user": {"login": "ada", "id": 5, "type": "User"},
                     "html_url": "https://github.com/acme/widgets/pull/7#issuecomment-99"},
         %s}
        """
            .formatted(REPOSITORY.formatted("\"2025-03-04T05:06:07Z\"")));
  }

  private static JsonObject dispatch() {
    return json(
        """
        {"ref": "refs/heads/topic/1", "inputs": {"agent": "codex", "dry": "true"},
         "sender": {"login": "ada"}, %s}
        """
            .formatted(REPOSITORY.formatted("\"2025-03-04T05:06:07Z\"")));
  }

  private static JsonObject mergeGroup() {
    return json(
        """
        {"action": "checks_requested",
         "merge_group": {"head_sha": "%s", "head_ref": "refs/heads/gh-readonly-queue/main/pr-7",
                         "base_sha": "%s", "base_ref": "refs/heads/main"}, %s}
        """
            .formatted(A, B, REPOSITORY.formatted("\"2025-03-04T05:06:07Z\"")));
  }

  private static JsonObject push() {
    return json(
        """
        {"ref": "refs/heads/main", "before": "%s", "after": "%s", "deleted": false, %s}
        """
            .formatted(A, B, REPOSITORY.formatted("1741064767")));
  }

  private static JsonObject json(String text) {
    try {
      return JsonReader.readObject(text.getBytes(UTF_8));
    } catch (JsonException e) {
      throw new AssertionError(text, e);
    }
  }

  @Test
  void readsAComment() {
    assertThat(CommentEvent.parse(comment()))
        .isEqualTo(
            new CommentEvent(
                "created",
                7,
                true,
                99,
                "/optr run",
                "ada",
                5,
                false,
                Instant.parse("2026-11-22T10:00:00Z"),
                URI.create("https://github.com/acme/widgets/pull/7#issuecomment-99"),
                EveryOperation.REPOSITORY));
  }

  @Test
  void tellsBotsAndIssuesApart() {
    JsonObject comment = comment().object("comment");
    JsonObject bot = comment.object("user").with("type", Json.text("Bot"));

    assertThat(
            CommentEvent.parse(comment().with("comment", comment.with("user", bot))).authorIsBot())
        .isTrue();
    for (Json none : new Json[] {Json.NULL, Json.bool(true), Json.text("yes")}) {
      JsonObject issue = comment().object("issue").with("pull_request", none);
      assertThat(CommentEvent.parse(comment().with("issue", issue)).onPullRequest()).isFalse();
    }
    JsonObject issue = comment().object("issue").without("pull_request");
    assertThat(CommentEvent.parse(comment().with("issue", issue)).onPullRequest()).isFalse();
  }

  @Test
  void takesACommentWithoutTextForAnEmptyOne() {
    for (JsonObject comment :
        new JsonObject[] {
          comment().object("comment").with("body", Json.NULL),
          comment().object("comment").without("body")
        }) {
      assertThat(CommentEvent.parse(comment().with("comment", comment)).body()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "https://x/](evil)",
        "https://x/ y",
        "https://x/\"onclick=",
        ""
      })
  void showsNoAddressOfACommentThatIsNone(String address) {
    JsonObject comment = comment().object("comment").with("html_url", Json.text(address));

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> CommentEvent.parse(comment().with("comment", comment)))
        .withMessage(
            "event payload: 'comment.html_url' is malformed; expected an address of at most 1000"
                + " plain characters");
  }

  @Test
  void readsADispatch() {
    assertThat(DispatchEvent.parse(dispatch()))
        .isEqualTo(
            new DispatchEvent(
                "topic/1",
                Json.object().put("agent", "codex").put("dry", "true").build(),
                "ada",
                EveryOperation.REPOSITORY));
  }

  @ParameterizedTest
  @CsvSource({
    "refs/heads/main, main",
    "main, main",
    "refs/tags/v1, refs/tags/v1",
    "refs/heads/refs/heads/x, refs/heads/x"
  })
  void shortensBranchesAlone(String ref, String expected) {
    assertThat(DispatchEvent.parse(dispatch().with("ref", Json.text(ref))).ref())
        .isEqualTo(expected);
  }

  @Test
  void readsADispatchWithoutInputs() {
    assertThat(DispatchEvent.parse(dispatch().with("inputs", Json.NULL)).inputs().members())
        .isEmpty();
    assertThat(DispatchEvent.parse(dispatch().without("inputs")).inputs().members()).isEmpty();
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> DispatchEvent.parse(dispatch().with("inputs", Json.text("x"))))
        .withMessage("event payload: 'inputs' is malformed; expected an object");
  }

  @Test
  void readsAMergeGroup() {
    assertThat(MergeGroupEvent.parse(mergeGroup()))
        .isEqualTo(
            new MergeGroupEvent(
                "checks_requested",
                A,
                "refs/heads/gh-readonly-queue/main/pr-7",
                B,
                "main",
                EveryOperation.REPOSITORY));
  }

  @Test
  void readsAPush() {
    assertThat(PushEvent.parse(push()))
        .isEqualTo(new PushEvent("refs/heads/main", A, B, false, EveryOperation.REPOSITORY));
    assertThat(PushEvent.parse(push().with("deleted", Json.bool(true))).deleted()).isTrue();
  }

  @Test
  void readsWhatAPullRequestCameTo() {
    PullRequestEvent merged =
        PullRequestEvent.asked(
            asked()
                .with("state", Json.text("closed"))
                .with("merged", Json.bool(true))
                .with("merge_commit_sha", Json.text(B)),
            EveryOperation.REPOSITORY);

    assertThat(merged.action()).isEqualTo("asked");
    assertThat(merged.merged()).isTrue();
    assertThat(merged.mergeCommit()).isEqualTo(B);
    // Before the merge it is a test merge, which comes to nothing.
    PullRequestEvent open =
        PullRequestEvent.asked(
            asked().with("merge_commit_sha", Json.text(B)), EveryOperation.REPOSITORY);
    assertThat(open.merged()).isFalse();
    assertThat(open.mergeCommit()).isNull();
    assertThat(open.label()).isEmpty();
  }

  @Test
  void readsTheLabel() {
    JsonObject payload =
        json(
            """
            {"action": "labeled", "number": 7, "label": {"name": "optr: run"}, %s}
            """
                .formatted(REPOSITORY.formatted("1741064767")));

    assertThat(PullRequestEvent.parse(payload.with("pull_request", asked())).label())
        .isEqualTo(Optional.of("optr: run"));
  }

  private static JsonObject asked() {
    return json(
        """
        {"number": 7, "title": "t", "body": null, "user": {"login": "ada"}, "draft": false,
         "state": "open", "head": {"ref": "topic", "sha": "%s", "repo": {"id": 4711,
         "full_name": "acme/widgets"}}, "base": {"ref": "main", "sha": "%s", "repo": {"id": 4711,
         "full_name": "acme/widgets"}}}
        """
            .formatted(A, B));
  }

  @ParameterizedTest
  @CsvSource({
    "issue, issue.number",
    "comment, comment.user.login",
    "action, action",
    "repository, repository.id"
  })
  void saysWhatACommentLacks(String member, String path) {
    assertNamed(CommentEvent::parse, comment().without(member), path);
  }

  @ParameterizedTest
  @CsvSource({"ref, ref", "sender, sender.login", "repository, repository.full_name"})
  void saysWhatADispatchLacks(String member, String path) {
    assertNamed(DispatchEvent::parse, dispatch().without(member), path);
  }

  @ParameterizedTest
  @CsvSource({
    "action, action",
    "merge_group, merge_group.head_sha",
    "repository, repository.default_branch"
  })
  void saysWhatAMergeGroupLacks(String member, String path) {
    assertNamed(MergeGroupEvent::parse, mergeGroup().without(member), path);
  }

  @ParameterizedTest
  @CsvSource({"ref, ref", "before, before", "after, after", "repository, repository.created_at"})
  void saysWhatAPushLacks(String member, String path) {
    assertNamed(PushEvent::parse, push().without(member), path);
  }

  private static void assertNamed(Function<JsonObject, ?> parse, JsonObject payload, String path) {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> parse.apply(payload))
        .satisfies(
            fault ->
                assertThat(fault.messages())
                    .anyMatch(
                        message -> message.startsWith("event payload: '" + path + "' is missing")));
  }
}
