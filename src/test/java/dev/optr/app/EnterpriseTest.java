package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.git.GitRepository;
import dev.optr.testing.FakeGitHub;
import dev.optr.testing.GitServer;
import dev.optr.testing.Payloads;
import dev.optr.testing.PlayedPullRequest;
import dev.optr.testing.Runner;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An enterprise's own server: REST below {@code /api/v3}, GraphQL at {@code /api/graphql}, web
 * pages and git at another address with a path before them; it neither signs commits nor tells
 * which comments are hidden.
 */
final class EnterpriseTest {
  private static final String QUEUE = "gh-readonly-queue/main/pr-7-0123456789";

  @TempDir private Path directory;

  @Test
  void decidesAndTellsWithAddressesOfThatServer() {
    try (PlayedPullRequest played = PlayedPullRequest.startEnterprise(directory)) {
      Runner runner = opened(played, "runner");
      assertThat(runner.outputs()).containsEntry("outcome", "selected");
      String web = played.serverUrl() + "/acme/widgets/";
      assertThat(played.serverUrl().toString()).endsWith("/github");
      assertThat(played.gitHub().statuses())
          .allSatisfy(status -> assertThat(status.targetUrl()).startsWith(web + "actions/runs/"));
      String body = played.gitHub().comments().getFirst().body();
      assertThat(body).contains(web).doesNotContain("github.com");
      try (GitRepository served = played.served()) {
        assertThat(served.resolve("refs/heads/topic")).contains(runner.output("anchor-sha"));
      }
      played.gitHub().assertNoUnexpectedRequests();
      assertThat(played.git().requests())
          .extracting(GitServer.Request::path)
          .allSatisfy(path -> assertThat(path).startsWith("/github/acme/widgets.git/"));
    }
  }

  @Test
  void editsItsCommentAndHidesWhatItCannotSeeIsHidden() {
    try (PlayedPullRequest played = PlayedPullRequest.startEnterprise(directory)) {
      Runner first = opened(played, "first");
      String marker = "<!-- optr:sticky v1 workflow=widgets -->";
      long later = played.gitHub().comment(7, "github-actions[bot]", marker + "\nlater");
      played.headIs(first.output("anchor-sha"));
      opened(played, "second");
      opened(played, "third");
      assertThat(played.gitHub().comments()).hasSize(2);
      assertThat(played.gitHub().minimisedComments()).containsExactly(later);
      played.gitHub().assertNoUnexpectedRequests();
    }
  }

  @Test
  void goesOnWhereThatServerCannotHideComments() {
    try (PlayedPullRequest played = PlayedPullRequest.startEnterprise(directory)) {
      String marker = "<!-- optr:sticky v1 workflow=widgets -->";
      played.gitHub().comment(7, "github-actions[bot]", marker + "\none");
      played.gitHub().comment(7, "github-actions[bot]", marker + "\ntwo");
      played
          .gitHub()
          .listen(
              request -> {
                if (request.body().contains("minimizeComment")) {
                  played
                      .gitHub()
                      .answerOnce(
                          "POST",
                          "/graphql",
                          200,
                          Map.of(),
                          "{\"errors\":[{\"message\":\"Field 'minimizeComment' doesn't exist\"}]}");
                }
              });
      Runner runner = opened(played, "runner");
      assertThat(runner.outputs()).containsEntry("outcome", "selected");
      assertThat(played.gitHub().comments()).hasSize(2);
    }
  }

  @Test
  void obeysCommands() {
    try (PlayedPullRequest played = PlayedPullRequest.startEnterprise(directory)) {
      played.gitHub().people().permit("ada", "write");
      Runner decided = command(played, "decided", "/optr run");
      played.headIs(decided.output("anchor-sha"));
      Runner opened = command(played, "open", "/optr open claude");
      assertThat(opened.outputs()).containsKey("comment-url");
      assertThat(played.gitHub().comments())
          .extracting(FakeGitHub.Comment::body)
          .anySatisfy(
              body ->
                  assertThat(body)
                      .contains(played.serverUrl() + "/acme/widgets/tree/optr/open/claude-"))
          .allSatisfy(body -> assertThat(body).doesNotContain("//github.com", "codespaces.new"));
      Runner executed = command(played, "executed", "/optr execute");
      assertThat(executed.outputs()).containsEntry("selected-agent", "codex");
      try (GitRepository served = played.served()) {
        assertThat(served.resolve("refs/heads/topic")).contains(executed.output("anchor-sha"));
      }
      assertThat(played.gitHub().comments())
          .extracting(FakeGitHub.Comment::body)
          .allSatisfy(body -> assertThat(body).doesNotContain("//github.com", "codespaces.new"));
      played.gitHub().assertNoUnexpectedRequests();
    }
  }

  @Test
  void examinesAMergeGroup() {
    try (PlayedPullRequest played = PlayedPullRequest.startEnterprise(directory)) {
      played.pushToTopic("Mend it", Map.of("a.txt", "two\n"));
      String group = played.mergeGroup(QUEUE);
      Runner runner =
          played
              .runner("runner")
              .event(
                  "merge_group",
                  Payloads.mergeGroup(
                      "checks_requested", "refs/heads/" + QUEUE, group, played.base()));
      step(runner);
      FakeGitHub.Status gate = played.gitHub().statuses().getLast();
      assertThat(gate.sha()).isEqualTo(group);
      assertThat(gate.state()).isEqualTo("success");
      played.gitHub().assertNoUnexpectedRequests();
    }
  }

  private static Runner opened(PlayedPullRequest played, String directory) {
    return step(
        played.runner(directory).event("pull_request", played.event("pull_request.opened.json")));
  }

  private static Runner command(PlayedPullRequest played, String directory, String line) {
    return step(
        played
            .runner(directory)
            .variable("GITHUB_RUN_ID", String.valueOf(9_000_000_000L + directory.length()))
            .event(
                "issue_comment",
                Payloads.comment(7, directory.length(), "ada", "User", line, "created", true)));
  }

  private static Runner step(Runner runner) {
    Invocation ran = Invocation.step(runner);
    assertThat(ran.exit()).as(ran.log()).isZero();
    return runner;
  }
}
