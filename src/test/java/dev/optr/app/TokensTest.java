package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.git.GitRepository;
import dev.optr.testing.FakeGitHub;
import dev.optr.testing.Payloads;
import dev.optr.testing.PlayedPullRequest;
import dev.optr.testing.Runner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run does whose token may do less than the README's workflow gives it. */
final class TokensTest {
  private static final String STATUSES = ".*/statuses/.*";
  private static final String COMMENTS = ".*/issues/.*";
  private static final String CONTENTS = ".*/git/.*";
  private static final String WRITES = "POST|PATCH|DELETE";

  @TempDir private Path directory;

  @Test
  void onlyReportsOnACommandWhoseTokenMayOnlyRead() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      played.gitHub().makeTokenReadOnly();
      Runner runner = command(played, "/optr run");
      Invocation ran = Invocation.step(runner);
      assertOnlyReported(played, runner, ran);
      // The receipt, and one try at the gate.
      assertThat(writes(played)).hasSize(2);
    }
  }

  @Test
  void onlyReportsWhereSomebodyStartsItByHandWithATokenThatMayOnlyRead() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      played.gitHub().makeTokenReadOnly();
      Runner runner =
          played
              .runner("runner")
              .event("workflow_dispatch", Payloads.dispatch("main", Map.of("pr", "7")));
      Invocation ran = Invocation.step(runner);
      assertOnlyReported(played, runner, ran);
      assertThat(writes(played)).hasSize(1);
    }
  }

  @Test
  void onlyReportsWithoutTheRightToSetAStatus() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      played.gitHub().forbid(WRITES, STATUSES);
      Runner runner = opened(played);
      Invocation ran = Invocation.step(runner);
      assertOnlyReported(played, runner, ran);
      assertThat(ran.log()).contains("set the status 'optr/gate'");
    }
  }

  @Test
  void decidesAndSetsTheGateWithoutTheRightToComment() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      played.gitHub().forbid(WRITES, COMMENTS);
      Runner runner = opened(played);
      Invocation ran = Invocation.step(runner);
      assertThat(ran.exit()).as(ran.log()).isZero();
      assertThat(runner.outputs())
          .containsEntry("outcome", "selected")
          .doesNotContainKey("comment-url");
      assertThat(ran.log()).contains("::warning::", "pull-requests: write");
      assertThat(runner.summary()).contains("codex");
      assertThat(played.gitHub().statuses())
          .filteredOn(status -> status.sha().equals(runner.output("anchor-sha")))
          .extracting(FakeGitHub.Status::state)
          .containsExactly("failure");
      assertThat(played.gitHub().comments()).isEmpty();
    }
  }

  @Test
  void executesWithoutTheRightToComment() {
    try (PlayedPullRequest played =
        PlayedPullRequest.startWith(directory, "gate: executed\nexecute: auto\n")) {
      played.gitHub().forbid(WRITES, COMMENTS);
      Runner runner = opened(played);
      Invocation ran = Invocation.step(runner);
      assertThat(ran.exit()).as(ran.log()).isZero();
      FakeGitHub.Status gate = played.gitHub().statuses().getLast();
      assertThat(gate.sha()).isEqualTo(runner.output("anchor-sha"));
      assertThat(gate.state()).isEqualTo("success");
    }
  }

  @Test
  void answersInTheSummaryWithoutTheRightToComment() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      played.gitHub().forbid(WRITES, COMMENTS);
      Runner runner = command(played, "/optr help");
      Invocation ran = Invocation.step(runner);
      assertThat(ran.exit()).as(ran.log()).isZero();
      assertThat(runner.summary()).contains("/optr execute");
      assertThat(ran.log()).contains("pull-requests: write");
    }
  }

  @Test
  void endsTheGateInErrorWithoutTheRightToWriteContents() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      played.gitHub().forbid(WRITES, CONTENTS);
      Runner runner = opened(played);
      Invocation ran = Invocation.step(runner);
      assertThat(ran.exit()).as(ran.log()).isEqualTo(2);
      assertThat(ran.log())
          .contains("::error::", "the token may not make a commit", "'permissions'")
          .doesNotContain("a bug of ours", "\tat ");
      FakeGitHub.Status gate = played.gitHub().statuses().getLast();
      assertThat(gate.sha()).isEqualTo(played.head());
      assertThat(gate.state()).isEqualTo("error");
      assertThat(gate.description()).contains("the token may not");
      try (GitRepository served = played.served()) {
        assertThat(served.resolve("refs/heads/topic")).contains(played.head());
      }
    }
  }

  @Test
  void saysWhatIsMissingWhereAMergeGroupsGateCannotBeSet() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      played.gitHub().forbid(WRITES, STATUSES);
      String queue = "gh-readonly-queue/main/pr-7-0123456789";
      String group = played.mergeGroup(queue);
      Runner runner =
          played
              .runner("runner")
              .event(
                  "merge_group",
                  Payloads.mergeGroup(
                      "checks_requested", "refs/heads/" + queue, group, played.base()));
      Invocation ran = Invocation.step(runner);
      assertThat(ran.exit()).as(ran.log()).isEqualTo(2);
      assertThat(ran.log()).contains("::error::the token may not set the status 'optr/gate'");
      assertThat(runner.outputs()).containsEntry("outcome", "failed");
    }
  }

  @Test
  void namesTheInputWhereTheTokenIsNone() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      Runner runner = opened(played);
      played
          .gitHub()
          .answerOnce("POST", STATUSES, 401, Map.of(), "{\"message\":\"Bad credentials\"}");
      Invocation ran = Invocation.step(runner);
      assertThat(ran.exit()).as(ran.log()).isEqualTo(2);
      assertThat(ran.log()).contains("input 'github-token'");
      assertThat(asked(played)).isZero();
    }
  }

  private static void assertOnlyReported(PlayedPullRequest played, Runner runner, Invocation ran) {
    assertThat(ran.exit()).as(ran.log()).isZero();
    assertThat(runner.outputs())
        .containsEntry("outcome", "report_only")
        .containsEntry("mode", "report_only");
    assertThat(ran.log()).containsOnlyOnce("::warning::the token may not write");
    assertThat(runner.summary()).contains("head");
    assertThat(asked(played)).isZero();
    assertThat(played.gitHub().statuses()).isEmpty();
    assertThat(played.gitHub().comments()).isEmpty();
  }

  private static List<String> writes(PlayedPullRequest played) {
    return played.gitHub().requestLines().stream()
        .filter(line -> !line.startsWith("GET ") && !line.endsWith("/graphql"))
        .toList();
  }

  private static int asked(PlayedPullRequest played) {
    return played.providerServer().getAllServeEvents().size();
  }

  private static Runner opened(PlayedPullRequest played) {
    return played.runner("runner").event("pull_request", played.event("pull_request.opened.json"));
  }

  private static Runner command(PlayedPullRequest played, String line) {
    played.gitHub().people().permit("ada", "write");
    return played
        .runner("runner")
        .event("issue_comment", Payloads.comment(7, 1, "ada", "User", line, "created", true));
  }
}
