package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.git.GitRepository;
import dev.optr.testing.PlayedPullRequest;
import dev.optr.testing.ProgramProcess;
import dev.optr.testing.Runner;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the Action does on events that are not the plain case, as the runner starts it. */
final class ActionEventsIT {
  @TempDir private Path directory;

  @Test
  void recordsFourUnavailableLanesWhereTheShortWorkflowFileMeetsNoKey() {
    Map<String, String> files =
        Map.of(
            ".github/workflow-optr.yaml", PlayedPullRequest.SHORT_WORKFLOW, "README.md", "short\n");
    try (PlayedPullRequest played = PlayedPullRequest.start(directory, files)) {
      Runner runner =
          played
              .runner("runner")
              .input("openai-api-key", "")
              .input("anthropic-api-key", "")
              .event("pull_request", played.event("pull_request.opened.json"));
      ProgramProcess.Result result = runner.run();
      assertThat(result.exit()).as(result.log()).isEqualTo(3);
      assertThat(runner.outputs())
          .containsEntry("outcome", "quorum_missed")
          .containsKey("anchor-sha");
      assertThat(runner.summary())
          .contains("openai-api-key", "anthropic-api-key", "copilot-token", "direct-line-secret");
      assertThat(played.gitHub().statuses().getLast().state()).isEqualTo("failure");
      assertThat(played.gitHub().statuses().getLast().description()).contains("no invariant");
      played.gitHub().assertNoUnexpectedRequests();
    }
  }

  @Test
  void saysWhatToAddWhereNoWorkflowFileIsFound() {
    try (PlayedPullRequest played =
        PlayedPullRequest.start(directory, Map.of("README.md", "short\n"))) {
      Runner runner =
          played.runner("runner").event("pull_request", played.event("pull_request.opened.json"));
      ProgramProcess.Result result = runner.run();
      assertThat(result.exit()).as(result.log()).isEqualTo(2);
      assertThat(result.log()).contains("no workflow file on 'main'");
      assertThat(played.gitHub().requests()).isEmpty();
    }
  }

  @Test
  void checksANewWorkflowFileThatTakesEffectAfterTheMerge() {
    try (PlayedPullRequest played =
        PlayedPullRequest.start(directory, Map.of("README.md", "short\n"))) {
      String path = ".github/workflow-optr.yaml";
      played.headIs(played.pushToTopic("Add it", Map.of(path, PlayedPullRequest.SHORT_WORKFLOW)));
      Runner good =
          played.runner("good").event("pull_request", played.event("pull_request.opened.json"));
      assertSkipped(played, good, good.run());
      played.headIs(played.pushToTopic("Break it", Map.of(path, "agents: []\n")));
      Runner bad =
          played.runner("bad").event("pull_request", played.event("pull_request.synchronize.json"));
      ProgramProcess.Result result = bad.run();
      assertThat(result.exit()).as(result.log()).isEqualTo(2);
      assertThat(result.log()).contains("::error file=" + path + ",line=1,col=9::");
    }
  }

  @Test
  void examinesAForksCommitAndWritesNothing() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      Runner runner =
          played
              .runner("runner")
              .event("pull_request", played.event("pull_request.opened.fork.json"));
      assertReportOnly(played, runner, runner.run());
      assertThat(played.gitHub().requests()).isEmpty();
    }
  }

  @Test
  void treatsDependabotAsAFork() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      Runner runner =
          played
              .runner("runner")
              .event("pull_request", played.event("pull_request.opened.dependabot.json"));
      assertReportOnly(played, runner, runner.run());
    }
  }

  @Test
  void onlyReportsWhereTheTokenMayNotWrite() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      played.gitHub().makeTokenReadOnly();
      Runner runner =
          played.runner("runner").event("pull_request", played.event("pull_request.opened.json"));
      ProgramProcess.Result result = runner.run();
      assertReportOnly(played, runner, result);
      assertThat(result.log()).contains("::warning");
      assertThat(played.gitHub().statuses()).isEmpty();
    }
  }

  @Test
  void skipsDraftsWithoutAStatus() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      Runner runner =
          played
              .runner("runner")
              .event("pull_request", played.event("pull_request.opened.draft.json"));
      assertSkipped(played, runner, runner.run());
    }
  }

  @Test
  void skipsAClosedPullRequest() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      Runner runner =
          played.runner("runner").event("pull_request", played.event("pull_request.closed.json"));
      assertSkipped(played, runner, runner.run());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"release", "workflow_run", "pull_request_review", "check_suite"})
  void skipsEventsItDoesNotActOn(String event) {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      Runner runner = played.runner("runner").event(event, "{}");
      assertSkipped(played, runner, runner.run());
    }
  }

  @Test
  void refusesPullRequestTargetAndNamesTheSafeWay() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      Runner runner =
          played
              .runner("runner")
              .event("pull_request_target", played.event("pull_request.opened.json"));
      ProgramProcess.Result result = runner.run();
      assertThat(result.exit()).isEqualTo(2);
      assertThat(result.log()).contains("on: pull_request");
      assertThat(played.gitHub().requests()).isEmpty();
    }
  }

  @Test
  void refusesInputsWhoseCommandDoesNotExistYet() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      Runner runner =
          played
              .runner("runner")
              .input("selector-path", "x.jar")
              .input("bundle", "x")
              .event("pull_request", played.event("pull_request.opened.json"));
      ProgramProcess.Result result = runner.run();
      assertThat(result.exit()).isEqualTo(2);
      assertThat(result.log()).contains("input 'selector-path'", "input 'bundle'");
    }
  }

  @Test
  void isSupersededWhereSomebodyPushesDuringTheRun() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      played.gitHub().beforeNextMove(() -> played.pushToTopic("Say even more"));
      Runner runner =
          played.runner("runner").event("pull_request", played.event("pull_request.opened.json"));
      ProgramProcess.Result result = runner.run();
      assertThat(result.exit()).as(result.log()).isZero();
      assertThat(runner.outputs())
          .containsEntry("outcome", "superseded")
          .doesNotContainKey("anchor-sha");
      assertThat(played.gitHub().comments()).isEmpty();
      assertThat(played.gitHub().statuses().getLast().sha()).isEqualTo(played.head());
      assertThat(played.gitHub().statuses().getLast().state()).isEqualTo("error");
    }
  }

  @Test
  void asksNobodyOnALaterPushUnlessTheWorkflowFileSaysSo() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      Runner first =
          played.runner("first").event("pull_request", played.event("pull_request.opened.json"));
      assertThat(first.run().exit()).isZero();
      played.headIs(played.pushToTopic("Mend it by hand", Map.of("a.txt", "two\n")));
      Runner second =
          played
              .runner("second")
              .event("pull_request", played.event("pull_request.synchronize.json"));
      ProgramProcess.Result result = second.run();
      assertThat(result.exit()).as(result.log()).isZero();
      assertThat(second.outputs()).containsEntry("outcome", "skipped");
      assertThat(played.providerServer().getAllServeEvents()).hasSize(2);
      assertThat(played.gitHub().statuses().getLast().sha()).isEqualTo(played.head());
      assertThat(played.gitHub().statuses().getLast().state()).isEqualTo("success");
    }
  }

  @Test
  void commitsNothingAndStaysRedWhereTheLedgerIsDisabled() {
    Map<String, String> files =
        Map.of(
            ".github/workflow-optr.yaml",
            PlayedPullRequest.SHORT_WORKFLOW.replace("ledger: enabled", "ledger: disabled"),
            "README.md",
            "short\n");
    try (PlayedPullRequest played = PlayedPullRequest.start(directory, files)) {
      Runner runner =
          played.runner("runner").event("pull_request", played.event("pull_request.opened.json"));
      runner.input("openai-api-key", "").input("anthropic-api-key", "");
      ProgramProcess.Result result = runner.run();
      assertThat(result.exit()).as(result.log()).isEqualTo(3);
      assertThat(runner.outputs())
          .containsEntry("outcome", "quorum_missed")
          .doesNotContainKeys("anchor-sha", "ledger-entry");
      assertThat(played.gitHub().statuses().getLast().state()).isEqualTo("failure");
      assertThat(played.gitHub().statuses().getLast().description()).contains("no ledger entry");
      assertThat(played.gitHub().comments()).hasSize(1);
      try (GitRepository served = played.served()) {
        assertThat(served.resolve("refs/heads/topic")).contains(played.head());
      }
    }
  }

  @Test
  void keepsTheGateRedAndAsksNobodyWhereTheLedgerIsBroken() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      played.headIs(
          played.pushToTopic("Break the ledger", Map.of("datalake/ledger.jsonl", "{}\n")));
      Runner runner =
          played
              .runner("runner")
              .event("pull_request", played.event("pull_request.synchronize.json"));
      ProgramProcess.Result result = runner.run();
      assertThat(result.exit()).as(result.log()).isEqualTo(4);
      assertThat(played.providerServer().getAllServeEvents()).isEmpty();
      assertThat(played.gitHub().statuses().getLast().state()).isEqualTo("failure");
      assertThat(played.gitHub().statuses().getLast().description()).contains("ledger");
    }
  }

  @Test
  void saysWhatItWouldDoOnADryRunAndAsksNobody() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      Runner runner =
          played
              .runner("runner")
              .input("dry-run", "true")
              .event("pull_request", played.event("pull_request.opened.json"));
      ProgramProcess.Result result = runner.run();
      assertThat(result.exit()).as(result.log()).isZero();
      assertThat(result.log()).contains("lane codex: can be asked", "lane copilot: no credential");
      assertThat(played.providerServer().getAllServeEvents()).isEmpty();
      assertThat(played.gitHub().requests()).isEmpty();
    }
  }

  private static void assertReportOnly(
      PlayedPullRequest played, Runner runner, ProgramProcess.Result result) {
    assertThat(result.exit()).as(result.log()).isZero();
    assertThat(runner.outputs())
        .containsEntry("outcome", "report_only")
        .containsEntry("mode", "report_only");
    assertThat(runner.summary()).contains("tests");
    assertThat(result.log()).contains("::notice");
    assertThat(played.providerServer().getAllServeEvents()).isEmpty();
    assertThat(played.gitHub().comments()).isEmpty();
    try (GitRepository served = played.served()) {
      assertThat(served.resolve("refs/heads/topic")).contains(played.head());
    }
  }

  private static void assertSkipped(
      PlayedPullRequest played, Runner runner, ProgramProcess.Result result) {
    assertThat(result.exit()).as(result.log()).isZero();
    assertThat(runner.outputs()).containsEntry("outcome", "skipped");
    assertThat(result.log()).contains("::notice");
    assertThat(played.gitHub().requests()).isEmpty();
    assertThat(played.providerServer().getAllServeEvents()).isEmpty();
  }
}
