package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.git.GitRepository;
import dev.optr.testing.FakeGitHub;
import dev.optr.testing.FakePeople;
import dev.optr.testing.Payloads;
import dev.optr.testing.PlayedPullRequest;
import dev.optr.testing.ProgramProcess;
import dev.optr.testing.Runner;
import dev.optr.testing.TempRepo;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands in comments, as the runner starts the Action for them. */
final class CommandsIT {
  @TempDir private Path directory;

  @Test
  void asksTheAgentsForAWishInOneLineAndSaysWhoseItIs() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      Runner runner = command(played, "first", "/optr run -- Make a.txt say two\nBecause.");
      ProgramProcess.Result result = runner.run();
      assertThat(result.exit()).as(result.log()).isZero();
      assertThat(runner.outputs())
          .containsEntry("outcome", "selected")
          .containsEntry("mode", "maintainer");
      assertThat(intent(played, runner)).contains("Make a.txt say two", "\"kind\": \"comment\"");
      assertThat(played.gitHub().people().reactions())
          .containsExactly(new FakePeople.Reacted(1, "eyes"));
      played.gitHub().assertNoUnexpectedRequests();
    }
  }

  @Test
  void asksAgainWhereAPushWouldNot() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      decided(played);
      assertThat(asked(played)).isEqualTo(2);
      Runner again = command(played, "again", "/optr run");
      ProgramProcess.Result result = again.run();
      assertThat(result.exit()).as(result.log()).isZero();
      assertThat(asked(played)).isEqualTo(4);
      assertThat(again.outputs()).containsEntry("outcome", "selected").containsKey("anchor-sha");
      assertThat(played.gitHub().comments()).hasSize(1);
    }
  }

  @Test
  void refusesACommitThatIsNotTheHeadAndAsksNobody() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      Runner runner = command(played, "other", "/optr run 0123456789");
      assertAnswered(played, runner, "is " + played.head());
      assertThat(asked(played)).isZero();
      assertThat(played.gitHub().statuses()).isEmpty();
    }
  }

  @Test
  void wantsTheCommitOfAForkNamedAndThenLeavesItsBranchAlone() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      played.gitHub().openPullRequest(7, "topic", played.head(), "main", false, 815);
      assertAnswered(played, command(played, "blind", "/optr run"), "from a fork");
      assertThat(asked(played)).isZero();
      Runner runner = command(played, "seen", "/optr run " + played.head().substring(0, 9));
      ProgramProcess.Result result = runner.run();
      assertThat(result.exit()).as(result.log()).isZero();
      assertThat(runner.outputs()).containsEntry("outcome", "selected");
      try (GitRepository served = played.served()) {
        assertThat(served.resolve("refs/heads/topic")).contains(played.head());
        assertThat(served.resolve("refs/heads/optr/ledger")).isPresent();
      }
      assertThat(played.gitHub().statuses().getLast().sha()).isEqualTo(played.head());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"read", "none", "triage"})
  void obeysNobodyWhoMayNotWrite(String permission) {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      played.gitHub().people().permit("mallory", permission);
      for (String line : List.of("/optr run", "/optr execute", "/optr nonsense")) {
        Runner runner = comment(played, permission + line.hashCode(), "mallory", "User", line);
        ProgramProcess.Result result = runner.run();
        assertThat(result.exit()).as(result.log()).isZero();
        assertThat(runner.outputs()).containsEntry("outcome", "skipped");
      }
      assertThat(asked(played)).isZero();
      assertThat(played.gitHub().comments()).isEmpty();
      assertThat(played.gitHub().statuses()).isEmpty();
      assertThat(played.gitHub().people().reactions())
          .containsOnly(new FakePeople.Reacted(1, "confused"));
    }
  }

  @Test
  void doesNotHearAppsNorEditedCommentsNorIssuesNorTalk() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      assertIgnored(comment(played, "app", "github-actions[bot]", "Bot", "/optr run"));
      assertIgnored(comment(played, "talk", "ada", "User", "What about /optr run?"));
      Runner edited = comment(played, "edited", "ada", "User", "/optr run");
      assertIgnored(
          edited.event("issue_comment", payload("ada", "User", "/optr run", "edited", true)));
      Runner issue = comment(played, "issue", "ada", "User", "/optr run");
      assertIgnored(
          issue.event("issue_comment", payload("ada", "User", "/optr run", "created", false)));
      assertThat(played.gitHub().requests()).isEmpty();
    }
  }

  @Test
  void answersHelpAndWhatItDoesNotUnderstandInOneComment() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      assertAnswered(played, command(played, "help", "/optr help"), "/optr execute");
      assertAnswered(played, command(played, "typo", "/optr exekute"), "is no command");
      assertThat(played.gitHub().comments()).hasSize(1);
    }
  }

  @Test
  void explainsTheNewestDecision() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      assertAnswered(played, command(played, "early", "/optr explain"), "no decision yet");
      decided(played);
      assertAnswered(played, command(played, "late", "/optr explain"), "claude");
      assertThat(asked(played)).isEqualTo(2);
    }
  }

  @Test
  void asksOneAgentAgainAndKeepsWhatTheOthersAnswered() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      decided(played);
      Runner runner = command(played, "retry", "/optr retry claude");
      ProgramProcess.Result result = runner.run();
      assertThat(result.exit()).as(result.log()).isZero();
      assertThat(runner.outputs())
          .containsEntry("outcome", "selected")
          .containsEntry("selected-agent", "codex");
      assertThat(asked(played)).isEqualTo(3);
      assertAnswered(played, command(played, "who", "/optr retry nobody"), "no agent 'nobody'");
    }
  }

  @Test
  void opensAPathOnABranchThatMeansNothing() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      decided(played);
      assertAnswered(played, command(played, "open", "/optr open claude"), "optr/open/claude-");
      assertThat(answer(played))
          .contains("https://codespaces.new/acme/widgets/tree/optr/open/claude-");
      assertAnswered(played, command(played, "none", "/optr open copilot"), "has no path");
      assertAnswered(played, command(played, "open again", "/optr open claude"), "is done");
      String branch = answer(played).replaceAll("(?s).*(optr/open/claude-[0-9a-f]{12}).*", "$1");
      try (TempRepo served = TempRepo.open(played.servedDirectory())) {
        served.ref("refs/heads/" + branch, played.base());
      }
      assertAnswered(played, command(played, "taken", "/optr open claude"), "holds something else");
    }
  }

  @Test
  void performsAndAsksNothingOnAClosedPullRequest() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      decided(played);
      String head = played.head();
      played.gitHub().pullRequests().close(7, null, Instant.EPOCH);
      for (String line : List.of("/optr execute", "/optr run", "/optr open claude")) {
        assertAnswered(played, command(played, line.replaceAll("[/ ]", ""), line), "is closed");
      }
      try (GitRepository served = played.served()) {
        assertThat(served.resolve("refs/heads/topic")).contains(head);
      }
      assertThat(asked(played)).isEqualTo(2);
    }
  }

  @Test
  void executesTheSelectedPathOnce() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      decided(played);
      String anchor = played.head();
      Runner first = command(played, "execute", "/optr execute");
      ProgramProcess.Result result = first.run();
      assertThat(result.exit()).as(result.log()).isZero();
      assertThat(first.outputs())
          .containsEntry("outcome", "selected")
          .containsEntry("selected-agent", "codex");
      String executed = first.output("anchor-sha");
      try (GitRepository served = played.served()) {
        assertThat(served.resolve("refs/heads/topic")).contains(executed);
        assertThat(served.parents(executed)).containsExactly(anchor);
      }
      assertThat(played.gitHub().statuses().getLast().sha()).isEqualTo(executed);
      assertThat(played.gitHub().statuses().getLast().state()).isEqualTo("success");
      assertThat(played.gitHub().comments().getFirst().body()).contains("executed");
      played.headIs(executed);
      Runner second = command(played, "twice", "/optr execute");
      ProgramProcess.Result refused = second.run();
      assertThat(refused.exit()).as(refused.log()).isEqualTo(1);
      assertThat(answer(played)).contains("executed before");
      played.gitHub().assertNoUnexpectedRequests();
    }
  }

  @Test
  void spendsNoMoreThanAnHoursRunsHoweverManyCommandsCome() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      for (int i = 0; i < 9; i++) {
        Runner runner = command(played, "storm" + i, "/optr run");
        ProgramProcess.Result result = runner.run();
        assertThat(result.exit()).as(result.log()).isZero();
        settle(played, runner);
      }
      assertThat(asked(played)).isEqualTo(6 * 2);
      assertThat(played.gitHub().comments()).hasSize(2);
      assertThat(played.gitHub().comments().getFirst().body()).contains("OPTR selected");
      assertThat(answer(played)).contains("had 6 runs within the last hour");
    }
  }

  private static void decided(PlayedPullRequest played) {
    Runner first =
        played.runner("decided").event("pull_request", played.event("pull_request.opened.json"));
    ProgramProcess.Result result = first.run();
    assertThat(result.exit()).as(result.log()).isZero();
    settle(played, first);
  }

  /** GitHub moves the pull request's head with its branch. */
  private static void settle(PlayedPullRequest played, Runner runner) {
    if (!runner.output("anchor-sha").isEmpty()) {
      played.headIs(runner.output("anchor-sha"));
    }
  }

  private static int asked(PlayedPullRequest played) {
    return played.providerServer().getAllServeEvents().size();
  }

  private static void assertIgnored(Runner runner) {
    ProgramProcess.Result result = runner.run();
    assertThat(result.exit()).as(result.log()).isZero();
    assertThat(runner.outputs()).containsEntry("outcome", "skipped");
  }

  private static void assertAnswered(PlayedPullRequest played, Runner runner, String words) {
    ProgramProcess.Result result = runner.run();
    assertThat(result.exit()).as(result.log()).isZero();
    assertThat(runner.outputs()).containsEntry("outcome", "skipped");
    assertThat(answer(played)).contains(words);
  }

  private static String answer(PlayedPullRequest played) {
    return played.gitHub().comments().stream()
        .map(FakeGitHub.Comment::body)
        .filter(body -> body.startsWith("<!-- optr:reply v1 "))
        .reduce((_, _) -> "more than one")
        .orElse("none");
  }

  private static String intent(PlayedPullRequest played, Runner runner) {
    try (GitRepository served = played.served()) {
      return served
          .file(runner.output("anchor-sha"), runner.output("datalake-path") + "/intent.json")
          .orElseThrow()
          .utf8();
    }
  }

  private static Runner command(PlayedPullRequest played, String directory, String body) {
    played.gitHub().people().permit("ada", "write");
    return comment(played, directory, "ada", "User", body);
  }

  private static Runner comment(
      PlayedPullRequest played, String directory, String author, String type, String body) {
    return played
        .runner(directory)
        .variable(
            "GITHUB_RUN_ID",
            String.valueOf(9_100_000_000L + Math.floorMod(directory.hashCode(), 1 << 30)))
        .event("issue_comment", payload(author, type, body, "created", true));
  }

  private static String payload(
      String author, String type, String body, String action, boolean onPullRequest) {
    return Payloads.comment(7, 1, author, type, body, action, onPullRequest);
  }
}
