package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.execution.Executed;
import dev.optr.execution.Refusal;
import dev.optr.testing.FakeGitHub;
import dev.optr.testing.PlayedPullRequest;
import dev.optr.testing.RealGit;
import dev.optr.testing.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Execution at GitHub: what comes out, and what stops it. */
final class PullRequestExecutorTest {
  private static final String DOCUMENTS = "datalake/workflows/widgets-pr-7/";

  @TempDir Path directory;

  @Test
  void movesTheBranchToTheSelectedTreeWithTheDatalakeOfTheAnchor() throws IOException {
    try (ExecutionAtGitHub at = start()) {
      String anchor = at.decide();

      Executed executed = at.execute();

      assertThat(executed).isInstanceOf(Executed.Done.class);
      String commit = ((Executed.Done) executed).commit();
      assertThat(at.branch()).contains(commit);
      Path clone = at.cloned(directory);
      RealGit git = RealGit.in(clone);
      assertThat(git.text("rev-parse", "HEAD", "HEAD^").lines()).containsExactly(commit, anchor);
      assertThat(git.text("diff", "--name-only", "HEAD^", "HEAD").lines())
          .containsExactly(
              "a.txt",
              "b.txt",
              "datalake/ledger.d/pr-7.jsonl",
              DOCUMENTS + "execution-complete.json");
      assertThat(Files.readString(clone.resolve("a.txt"))).isEqualTo("two\n");
      Schemas.assertValid(
          "execution-complete",
          Files.readString(clone.resolve(DOCUMENTS + "execution-complete.json")));
      assertThat(git.text("log", "-1", "--format=%B"))
          .contains("Optr-Ledger-Entry: ", "Optr-Executed-Entry: ");
      assertThat(verify(clone).exit()).as(verify(clone).out()).isZero();
    }
  }

  @Test
  void setsTheGateOnTheNewCommitBeforeTheBranchMoves() {
    try (ExecutionAtGitHub at = start()) {
      at.decide();
      int before = at.played().gitHub().requests().size();

      Executed.Done done = (Executed.Done) at.execute();

      List<String> asked =
          at.played()
              .gitHub()
              .requestLines()
              .subList(before, at.played().gitHub().requests().size());
      String status = "POST /repos/acme/widgets/statuses/" + done.commit();
      String move = "PATCH /repos/acme/widgets/git/refs/heads/topic";
      assertThat(asked).containsSubsequence(status, move).hasSizeLessThan(8);
      FakeGitHub.Status gate = at.played().gitHub().statuses().getLast();
      assertThat(gate.sha()).isEqualTo(done.commit());
      assertThat(gate.state()).isEqualTo("success");
      assertThat(gate.context()).isEqualTo("optr/gate");
      assertThat(gate.description()).startsWith("executed: " + done.agent());
      at.played().gitHub().assertNoUnexpectedRequests();
    }
  }

  @Test
  void refusesASecondTime() {
    try (ExecutionAtGitHub at = start()) {
      at.decide();
      Executed.Done done = (Executed.Done) at.execute();
      at.played().headIs(done.commit());

      assertRefused(at.execute(), Refusal.ALREADY_EXECUTED);
      assertThat(at.branch()).contains(done.commit());
    }
  }

  @Test
  void refusesOnAHeadThatMoved() {
    try (ExecutionAtGitHub at = start()) {
      at.decide();
      at.played().headIs(at.played().pushToTopic("Go on"));

      assertRefused(at.execute(), Refusal.HEAD_MOVED);
    }
  }

  @Test
  void refusesAnotherCandidate() {
    try (ExecutionAtGitHub at = start()) {
      at.decide();

      assertRefused(at.execute("claude"), Refusal.NOT_SELECTED);
      assertThat(at.execute("codex")).isInstanceOf(Executed.Done.class);
    }
  }

  @Test
  void refusesInAFork() {
    try (ExecutionAtGitHub at = start()) {
      assertRefused(
          at.executeOn(at.played().event("pull_request.opened.fork.json")), Refusal.NOT_PERMITTED);
    }
  }

  @Test
  void leavesABranchThatMovedMeanwhile() {
    try (ExecutionAtGitHub at = start()) {
      at.decide();
      at.played()
          .gitHub()
          .listen(
              request -> {
                if (request.line().contains("/statuses/")) {
                  at.played().pushToTopic("Be faster");
                }
              });

      Executed executed = at.execute();

      assertThat(executed).isInstanceOf(Executed.Superseded.class);
      assertThat(at.branch().orElseThrow())
          .isEqualTo(((Executed.Superseded) executed).actualHead());
    }
  }

  @Test
  void movesNothingWhereGitHubMakesAnotherTree() {
    try (ExecutionAtGitHub at = start()) {
      String anchor = at.decide();
      at.played()
          .gitHub()
          .answerOnce(
              "POST",
              ".*/git/trees",
              201,
              Map.of("content-type", "application/json"),
              "{\"sha\":\"%s\",\"tree\":[],\"truncated\":false}".formatted(treeOf(at, anchor)));
      int statuses = at.played().gitHub().statuses().size();

      Executed executed = at.execute();

      assertThat(executed).isInstanceOf(Executed.NotMoved.class);
      assertThat(at.branch()).isEqualTo(Optional.of(anchor));
      assertThat(at.played().gitHub().statuses()).hasSize(statuses);
    }
  }

  @Test
  void saysWhyABranchMayNotBeMoved() {
    try (ExecutionAtGitHub at = start()) {
      String anchor = at.decide();
      at.played().gitHub().protectBranch("topic", "Cannot update this protected ref.");

      assertThat(at.execute()).isInstanceOf(Executed.NotMoved.class);
      assertThat(at.branch()).contains(anchor);
    }
  }

  @Test
  void executesWhatItsOwnKeyHasSigned() {
    try (ExecutionAtGitHub at = start().signing(new KeyMaker(directory).key("key", 1))) {
      at.decide();

      assertThat(at.execute()).isInstanceOf(Executed.Done.class);
      Path clone = at.cloned(directory);
      assertThat(Invocation.of(clone, Map.of(), "verify", "--allow-tofu", "--no-remember").exit())
          .isZero();
    }
  }

  @Test
  void refusesAnUnsignedLedgerWhereThereIsAKey() {
    try (ExecutionAtGitHub at = start()) {
      at.decide();
      at.signing(new KeyMaker(directory).key("key", 1));

      assertRefused(at.execute(), Refusal.UNSIGNED);
    }
  }

  private static void assertRefused(Executed executed, Refusal why) {
    assertThat(executed).isInstanceOf(Executed.Refused.class);
    assertThat(((Executed.Refused) executed).why())
        .as(((Executed.Refused) executed).message())
        .isEqualTo(why);
  }

  private static Invocation verify(Path clone) {
    return Invocation.of(clone, Map.of(), "verify", "--no-remember");
  }

  private static String treeOf(ExecutionAtGitHub at, String commit) {
    return RealGit.in(at.played().servedDirectory()).text("rev-parse", commit + "^{tree}").strip();
  }

  private ExecutionAtGitHub start() {
    return new ExecutionAtGitHub(PlayedPullRequest.start(directory.resolve("played")));
  }
}
