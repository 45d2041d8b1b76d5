package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.git.GitRepository;
import dev.optr.testing.FakeGitHub;
import dev.optr.testing.Payloads;
import dev.optr.testing.PlayedPullRequest;
import dev.optr.testing.ProgramProcess;
import dev.optr.testing.Runner;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A merge queue asks about the commit that it would merge. */
final class MergeGroupIT {
  private static final String QUEUE = "gh-readonly-queue/main/pr-7-0123456789";

  @TempDir private Path directory;

  @Test
  void examinesTheGroupsCommitAndSetsTheGateOnItAndNothingElse() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      played.pushToTopic("Mend it", Map.of("a.txt", "two\n"));
      String group = played.mergeGroup(QUEUE);
      Runner runner = asked(played, "runner", "checks_requested", group);
      ProgramProcess.Result result = runner.run();
      assertThat(result.exit()).as(result.log()).isZero();
      assertThat(played.gitHub().statuses())
          .extracting(FakeGitHub.Status::sha)
          .containsExactly(group, group);
      FakeGitHub.Status gate = played.gitHub().statuses().getLast();
      assertThat(gate.state()).isEqualTo("success");
      assertThat(gate.description()).endsWith("[merge group into main]");
      assertThat(played.providerServer().getAllServeEvents()).isEmpty();
      assertThat(played.gitHub().comments()).isEmpty();
      try (GitRepository served = played.served()) {
        assertThat(served.resolve("refs/heads/" + QUEUE)).contains(group);
      }
      played.gitHub().assertNoUnexpectedRequests();
    }
  }

  @Test
  void isRedWhereTheGroupsCommitIsNotAdmissible() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      String group = played.mergeGroup(QUEUE);
      ProgramProcess.Result result = asked(played, "runner", "checks_requested", group).run();
      assertThat(result.exit()).as(result.log()).isZero();
      assertThat(played.gitHub().statuses().getLast().state()).isEqualTo("failure");
    }
  }

  @Test
  void verifiesTheLedgerThatTheGroupWouldBring() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      Runner first =
          played.runner("first").event("pull_request", played.event("pull_request.opened.json"));
      ProgramProcess.Result decided = first.run();
      assertThat(decided.exit()).as(decided.log()).isZero();
      played.pushToTopic("Mend it", Map.of("a.txt", "two\n"));
      String group = played.mergeGroup(QUEUE);
      ProgramProcess.Result good = asked(played, "good", "checks_requested", group).run();
      assertThat(good.exit()).as(good.log()).isZero();
      assertThat(played.gitHub().statuses().getLast().state()).isEqualTo("success");

      String directory = first.output("datalake-path");
      played.pushToTopic("Forge it", Map.of(directory + "/intent.json", "{}\n"));
      String forged = played.mergeGroup(QUEUE);
      ProgramProcess.Result bad = asked(played, "bad", "checks_requested", forged).run();
      assertThat(bad.exit()).as(bad.log()).isEqualTo(4);
      assertThat(played.gitHub().statuses().getLast().sha()).isEqualTo(forged);
      assertThat(played.gitHub().statuses().getLast().state()).isEqualTo("failure");
    }
  }

  @Test
  void doesNothingForAGroupThatIsGivenUpOrGone() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      String group = played.mergeGroup(QUEUE);
      assertThat(asked(played, "destroyed", "destroyed", group).run().exit()).isZero();
      assertThat(asked(played, "gone", "checks_requested", played.head()).run().exit()).isZero();
      assertThat(played.gitHub().requests()).isEmpty();
    }
  }

  private static Runner asked(
      PlayedPullRequest played, String directory, String action, String group) {
    return played
        .runner(directory)
        .event(
            "merge_group",
            Payloads.mergeGroup(action, "refs/heads/" + QUEUE, group, played.base()));
  }
}
