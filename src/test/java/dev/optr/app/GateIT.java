package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.git.GitRepository;
import dev.optr.testing.FakeGitHub;
import dev.optr.testing.PlayedPullRequest;
import dev.optr.testing.ProgramProcess;
import dev.optr.testing.Runner;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gate says, as settings of the workflow file and the state of branches have it. */
final class GateIT {
  @TempDir private Path directory;

  @Test
  void saysWhatItIsOfInItsWordsAndInItsAddress() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      opened(played, "runner");
      for (FakeGitHub.Status status : played.gitHub().statuses()) {
        assertThat(status.context()).isEqualTo("optr/gate");
        assertThat(status.description()).endsWith(" [#7 into main]");
        assertThat(status.targetUrl())
            .contains("/actions/runs/9000000001/")
            .endsWith("?pr=7&base=" + played.base());
      }
    }
  }

  @Test
  void isRedAndAsksNobodyWhereTwoOpenPullRequestsShareAHead() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      played.gitHub().openPullRequest(8, "topic", played.head());
      Runner runner =
          played.runner("runner").event("pull_request", played.event("pull_request.opened.json"));
      ProgramProcess.Result result = runner.run();
      assertThat(result.exit()).as(result.log()).isEqualTo(2);
      assertThat(runner.outputs()).containsEntry("outcome", "failed");
      FakeGitHub.Status gate = played.gitHub().statuses().getLast();
      assertThat(gate.state()).isEqualTo("failure");
      assertThat(gate.description()).startsWith("ambiguous: ").contains("#7", "#8");
      assertThat(played.providerServer().getAllServeEvents()).isEmpty();
    }
  }

  @Test
  void isRedWhereASecondPullRequestIsOpenedOnTheAnchorDuringTheRun() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      played
          .gitHub()
          .listen(
              request -> {
                if (request.method().equals("PATCH") && request.path().contains("/git/refs/")) {
                  String anchor = request.body().replaceAll(".*\"sha\":\"([0-9a-f]{40}).*", "$1");
                  played.gitHub().pullRequests().headIs(7, anchor);
                  played.gitHub().openPullRequest(8, "topic", anchor);
                }
              });
      Runner runner =
          played.runner("runner").event("pull_request", played.event("pull_request.opened.json"));
      ProgramProcess.Result result = runner.run();
      assertThat(result.exit()).as(result.log()).isEqualTo(2);
      assertThat(played.gitHub().statuses().getLast().description()).startsWith("ambiguous: ");
      assertThat(played.gitHub().statuses().getLast().sha()).isNotEqualTo(played.head());
    }
  }

  @Test
  void isRedWhereThePullRequestEditsWhatARunHadWritten() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      Runner first = opened(played, "first");
      String intent = first.output("datalake-path") + "/intent.json";
      played.headIs(played.pushToTopic("Forge", Map.of(intent, "{}\n", "a.txt", "two\n")));
      Runner second =
          played
              .runner("second")
              .event("pull_request", played.event("pull_request.synchronize.json"));
      ProgramProcess.Result result = second.run();
      assertThat(result.exit()).as(result.log()).isEqualTo(4);
      FakeGitHub.Status gate = played.gitHub().statuses().getLast();
      assertThat(gate.state()).isEqualTo("failure");
      assertThat(gate.description()).contains("edited by hand: " + intent);
      assertThat(result.log()).contains(intent + " was changed");
    }
  }

  @Test
  void tellsThatTheRulesOfTheBaseApplied() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      String path = ".github/workflow-optr.yaml";
      played.headIs(played.pushToTopic("Soften", Map.of(path, "agents: []\n")));
      Runner runner = opened(played, "runner");
      assertThat(runner.outputs()).containsEntry("outcome", "selected");
      assertThat(played.gitHub().comments().getFirst().body())
          .contains("this pull request changes " + path);
    }
  }

  @Test
  void asksForAnExecutedCommitWhereTheWorkflowFileSaysSo() {
    try (PlayedPullRequest played = with("gate: executed\n")) {
      Runner runner = opened(played, "runner");
      FakeGitHub.Status gate = played.gitHub().statuses().getLast();
      assertThat(gate.state()).isEqualTo("failure");
      assertThat(gate.description()).contains("/optr execute");
      assertThat(runner.outputs()).containsEntry("outcome", "selected");
    }
  }

  @Test
  void isGreenOnTheCommitThatARunExecutedByItself() {
    try (PlayedPullRequest played = with("gate: executed\nexecute: auto\nanchorTag: true\n")) {
      Runner runner = opened(played, "runner");
      String executed = runner.output("anchor-sha");
      assertThat(played.gitHub().statuses().getLast().sha()).isEqualTo(executed);
      assertThat(played.gitHub().statuses().getLast().state()).isEqualTo("success");
      try (GitRepository served = played.served()) {
        assertThat(served.resolve("refs/heads/topic")).contains(executed);
        assertThat(served.file(executed, "a.txt").orElseThrow().utf8()).startsWith("two");
        String anchor = served.parents(executed).getFirst();
        assertThat(served.resolve("refs/tags/optr/" + runner.output("ledger-entry")))
            .contains(anchor);
      }
      played.headIs(executed);
      Runner again =
          played
              .runner("again")
              .variable("GITHUB_RUN_ID", "9000000002")
              .event("pull_request", played.event("pull_request.synchronize.json"));
      ProgramProcess.Result result = again.run();
      assertThat(result.exit()).as(result.log()).isZero();
      assertThat(again.outputs()).containsEntry("outcome", "skipped");
      assertThat(played.gitHub().statuses().getLast().state()).isEqualTo("success");
      assertThat(played.gitHub().statuses().getLast().description()).startsWith("executed: codex");
      assertThat(played.providerServer().getAllServeEvents()).hasSize(2);
      played.gitHub().assertNoUnexpectedRequests();
    }
  }

  @Test
  void reportsInACheckRunThatNoRuleShouldRequire() {
    try (PlayedPullRequest played = with("report: check\n")) {
      Runner runner = opened(played, "runner");
      assertThat(played.gitHub().people().checkRuns())
          .singleElement()
          .satisfies(
              check -> {
                assertThat(check.name()).isEqualTo("optr report");
                assertThat(check.conclusion()).isEqualTo("neutral");
                assertThat(check.sha()).isEqualTo(runner.output("anchor-sha"));
              });
    }
  }

  @Test
  void asksTheAgentsForTheLabelThatTheWorkflowFileNamesAndForNoOther() {
    try (PlayedPullRequest played = with("trigger: {push: never, label: ask-agents}\n")) {
      Runner other = played.runner("other").event("pull_request", labeled(played, "bug"));
      assertThat(other.run().exit()).isZero();
      assertThat(other.outputs()).containsEntry("outcome", "skipped");
      assertThat(played.gitHub().statuses()).isEmpty();
      Runner asked = played.runner("asked").event("pull_request", labeled(played, "ask-agents"));
      ProgramProcess.Result result = asked.run();
      assertThat(result.exit()).as(result.log()).isZero();
      assertThat(asked.outputs()).containsEntry("outcome", "selected");
    }
  }

  private static String labeled(PlayedPullRequest played, String label) {
    return played
        .event("pull_request.opened.json")
        .replaceFirst(
            "\"action\": \"opened\"",
            "\"action\": \"labeled\", \"label\": {\"id\": 1, \"name\": \"" + label + "\"}");
  }

  /** The usual workflow file with more lines. */
  private PlayedPullRequest with(String settings) {
    return PlayedPullRequest.startWith(directory, settings);
  }

  private static Runner opened(PlayedPullRequest played, String directory) {
    Runner runner =
        played.runner(directory).event("pull_request", played.event("pull_request.opened.json"));
    ProgramProcess.Result result = runner.run();
    assertThat(result.exit()).as(result.log()).isZero();
    return runner;
  }
}
