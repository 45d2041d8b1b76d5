package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.testing.FakeGitHub;
import dev.optr.testing.Payloads;
import dev.optr.testing.PlayedJobs;
import dev.optr.testing.PlayedPullRequest;
import dev.optr.testing.ProgramProcess;
import dev.optr.testing.Runner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three jobs where something else than a push started them. */
final class ThreeJobsEventsIT {
  /** What GitHub says that a run is of which no push started. */
  private static final Optional<String> DEFAULT_BRANCH =
      Optional.of("e1d0c9b8a7968574635241302f1e0d9c8b7a6958");

  @TempDir private Path directory;

  @Test
  void decideOnACommandWhoseJobsAreOfTheDefaultBranch() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      Runner select = decided(played, "first", "/optr run -- Make a.txt say two");
      assertThat(select.outputs())
          .containsEntry("outcome", "selected")
          .containsEntry("mode", "maintainer");
      assertThat(played.gitHub().statuses().getLast().state()).isEqualTo("failure");
      assertThat(played.gitHub().comments()).hasSize(1);
    }
  }

  @Test
  void askOneAgentAgainAndVerifyEveryPath() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      Runner first = decided(played, "first", "/optr run");
      played.headIs(first.output("anchor-sha"));
      Runner again = decided(played, "again", "/optr retry claude");
      assertThat(again.outputs()).containsEntry("outcome", "selected");
      assertThat(again.output("ledger-entry")).isNotEqualTo(first.output("ledger-entry"));
      assertThat(played.providerServer().getAllServeEvents()).hasSize(3);
    }
  }

  @Test
  void leaveACommandThatAsksNobodyToTheLast() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      played.gitHub().people().permit("ada", "write");
      Runner propose = played.runner("p").input("phase", "propose").event("issue_comment", help());
      ProgramProcess.Result proposed = propose.run();
      assertThat(proposed.exit()).as(proposed.log()).isZero();
      assertThat(propose.output("matrix")).isEmpty();
      assertThat(played.gitHub().requestLines()).allMatch(line -> line.startsWith("GET "));
      Runner select = played.runner("s").input("phase", "select").event("issue_comment", help());
      ProgramProcess.Result selected = select.run();
      assertThat(selected.exit()).as(selected.log()).isZero();
      assertThat(played.gitHub().comments()).hasSize(1);
    }
  }

  @Test
  void examineWhatAMergeQueueWouldBring() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      played.pushToTopic("Mend it", Map.of("a.txt", "two\n"));
      String queue = "gh-readonly-queue/main/pr-7-x";
      String group = played.mergeGroup(queue);
      String payload =
          Payloads.mergeGroup("checks_requested", "refs/heads/" + queue, group, played.base());
      Runner propose = ThreeJobs.proposed(played, "propose", "merge_group", payload);
      List<PlayedJobs.Ran> ran = ThreeJobs.jobs(played, propose);
      assertThat(ran).extracting(PlayedJobs.Ran::row).containsExactly("head");
      ThreeJobs.ran(played, 1, ran);
      Runner select = ThreeJobs.selecting(played, propose, "select", "merge_group", payload);
      ProgramProcess.Result result = select.run();
      assertThat(result.exit()).as(result.log()).isZero();
      FakeGitHub.Status gate = played.gitHub().statuses().getLast();
      assertThat(gate.sha()).isEqualTo(group);
      assertThat(gate.state()).isEqualTo("success");
    }
  }

  private static String help() {
    return command("/optr help");
  }

  private static String command(String line) {
    return Payloads.comment(7, 1, "ada", "User", line, "created", true);
  }

  /** Each command starts a run of its own. */
  private Runner decided(PlayedPullRequest played, String name, String line) {
    played.gitHub().people().permit("ada", "write");
    String run = name.equals("first") ? "9000000001" : "9000000002";
    Runner propose =
        played
            .runner("propose-" + name)
            .variable("GITHUB_RUN_ID", run)
            .input("phase", "propose")
            .event("issue_comment", command(line));
    ProgramProcess.Result proposed = propose.run();
    assertThat(proposed.exit()).as(proposed.log()).isZero();
    ThreeJobs.ran(played, Long.parseLong(run), ThreeJobs.jobs(played, propose), DEFAULT_BRANCH);
    Runner select =
        ThreeJobs.selecting(played, propose, "select-" + name, "issue_comment", command(line))
            .variable("GITHUB_RUN_ID", run);
    ProgramProcess.Result result = select.run();
    assertThat(result.exit()).as(result.log()).isZero();
    return select;
  }
}
