package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.testing.FakeGitHub;
import dev.optr.testing.Payloads;
import dev.optr.testing.PlayedPullRequest;
import dev.optr.testing.Runner;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three hundred comments in a row, as they once cost somebody sixteen million tokens in five
 * minutes: what is asked of providers, and what is written, has a bound that the workflow file sets
 * and not the one who comments.
 */
final class CommentStormTest {
  private static final int PER_HOUR = 6;
  private static final int AGENTS = 2;

  @TempDir private Path directory;
  private int runs;

  @Test
  void costsNothingWhoeverCommentsThatMayNotAsk() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      for (int i = 0; i < 65; i++) {
        comment(played, "github-actions[bot]", "Bot", "/optr run", "created");
        comment(played, "other-agent[bot]", "Bot", "/optr run", "created");
        comment(played, "ada", "User", "/optr run", "edited");
        comment(played, "ada", "User", "> /optr run\nwhat does that do?", "created");
      }
      assertThat(played.gitHub().requests()).isEmpty();
      for (int i = 0; i < 20; i++) {
        comment(played, "mallory", "User", "/optr run", "created");
        comment(played, "eve", "User", "/optr nonsense", "created");
      }
      assertThat(runs).isEqualTo(300);
      assertThat(asked(played)).isZero();
      assertThat(written(played)).containsOnly("POST reaction");
      assertThat(played.gitHub().comments()).isEmpty();
      assertThat(played.gitHub().statuses()).isEmpty();
      played.gitHub().assertNoUnexpectedRequests();
    }
  }

  @Test
  void costsSixRunsWhereOneWhoMayAskGoesOnAsking() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      for (int i = 0; i < 30; i++) {
        Runner runner = comment(played, "ada", "User", "/optr run", "created");
        follow(played, runner);
      }
      assertThat(asked(played)).isEqualTo(PER_HOUR * AGENTS);
      assertThat(commits(played)).isEqualTo(PER_HOUR);
      // The decision stays as it was made; the second says that the limit is reached.
      assertThat(played.gitHub().comments()).hasSize(2);
      assertThat(played.gitHub().comments().getFirst().body()).contains("codex", "claude");
      assertThat(played.gitHub().comments().getLast().body()).contains("perHour");
      assertThat(RateLimitsTest.pending(played)).isEmpty();
    }
  }

  @Test
  void costsSixRunsWhateverIsWishedForInBetween() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      List<String> lines =
          List.of("/optr run -- Wish %d", "/optr retry claude", "/optr explain", "/optr help");
      for (int i = 0; i < 32; i++) {
        String line = lines.get(i % lines.size()).formatted(i);
        follow(played, comment(played, "ada", "User", line, "created"));
      }
      assertThat(commits(played)).isEqualTo(PER_HOUR);
      assertThat(asked(played)).isLessThanOrEqualTo(PER_HOUR * AGENTS);
      // The run's own, and the one that answers.
      assertThat(played.gitHub().comments()).hasSize(2);
      assertThat(RateLimitsTest.pending(played)).isEmpty();
    }
  }

  @Test
  void oneOfTwoRunsAtOnceIsSupersededAndThereIsOneCommit() throws Exception {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory);
        ExecutorService both = Executors.newFixedThreadPool(2)) {
      played.gitHub().people().permit("ada", "write");
      Runner one = runner(played, "ada", "User", "/optr run", "created");
      Runner other = runner(played, "ada", "User", "/optr run", "created");
      Future<Invocation> first = both.submit(() -> Invocation.step(one));
      Future<Invocation> second = both.submit(() -> Invocation.step(other));
      ended(first);
      ended(second);
      List<String> outcomes = List.of(one.output("outcome"), other.output("outcome"));
      assertThat(outcomes).contains("selected");
      assertThat(outcomes).isSubsetOf("selected", "superseded");
      if (outcomes.contains("superseded")) {
        assertThat(List.of(one.output("anchor-sha"), other.output("anchor-sha"))).contains("");
      }
      assertThat(RateLimitsTest.pending(played)).isEmpty();
    }
  }

  private static void ended(Future<Invocation> run)
      throws InterruptedException, ExecutionException {
    Invocation ran = run.get();
    assertThat(ran.exit()).as(ran.log()).isZero();
  }

  /** GitHub moves the pull request's head with its branch. */
  private static void follow(PlayedPullRequest played, Runner runner) {
    if (!runner.output("anchor-sha").isEmpty()) {
      played.headIs(runner.output("anchor-sha"));
    }
  }

  private static int asked(PlayedPullRequest played) {
    return played.providerServer().getAllServeEvents().size();
  }

  private static long commits(PlayedPullRequest played) {
    return played.gitHub().requestLines().stream()
        .filter(line -> line.equals("POST /repos/acme/widgets/git/commits"))
        .count();
  }

  private static List<String> written(PlayedPullRequest played) {
    return played.gitHub().requests().stream()
        .filter(request -> !request.method().equals("GET"))
        .map(FakeGitHub.Request::line)
        .map(line -> line.replaceFirst("/repos.*/reactions$", "reaction"))
        .toList();
  }

  private Runner comment(
      PlayedPullRequest played, String author, String type, String body, String action) {
    played.gitHub().people().permit("ada", "write");
    Runner runner = runner(played, author, type, body, action);
    Invocation ran = Invocation.step(runner);
    assertThat(ran.exit()).as(ran.log()).isZero();
    return runner;
  }

  private Runner runner(
      PlayedPullRequest played, String author, String type, String body, String action) {
    runs++;
    return played
        .runner("runner-" + runs)
        .variable("GITHUB_RUN_ID", String.valueOf(9_000_000_000L + runs))
        .event("issue_comment", Payloads.comment(7, runs, author, type, body, action, true));
  }
}
