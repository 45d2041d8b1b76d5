package dev.optr.app;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.git.GitRepository;
import dev.optr.testing.FakeGitHub;
import dev.optr.testing.PlayedPullRequest;
import dev.optr.testing.ProgramProcess;
import dev.optr.testing.Runner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is ended from outside, or by others, leaves no gate pending. */
final class AbruptEndsIT {
  private static final String DOWN = "{\"message\":\"Server Error\"}";

  @TempDir private Path directory;

  @Test
  void settlesTheGateWhereItIsEndedWhileAgentsAreAsked() throws InterruptedException {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      hang(played, 60_000);
      Runner runner = opened(played);
      Process process = runner.start();
      await(process, () -> !played.providerServer().getAllServeEvents().isEmpty());
      assertInterrupted(played, process);
      assertUnmoved(played);
    }
  }

  /** Whatever GitHub is about to answer. */
  @ParameterizedTest
  @CsvSource({
    "GET, .*/pulls\\?.*",
    "POST, .*/git/trees",
    "POST, .*/git/commits",
    "GET, .*/git/matching-refs/.*"
  })
  void settlesTheGateWhereItIsEndedWhileGitHubIsAsked(String method, String path)
      throws InterruptedException {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      played.gitHub().delayOnce(method, path, Duration.ofSeconds(25));
      Runner runner = opened(played);
      Process process = runner.start();
      await(process, () -> isAsked(played, method, path));
      assertInterrupted(played, process);
      assertUnmoved(played);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".*/git/refs/.*", ".*/issues/.*/comments"})
  void leavesNoCommitPendingWhereItIsEndedWhenTheBranchMoves(String path)
      throws InterruptedException {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      played.gitHub().delayOnce("PATCH|POST", path, Duration.ofSeconds(25));
      played.gitHub().delayOnce("PATCH", path, Duration.ofSeconds(25));
      played.gitHub().delayOnce("POST", path, Duration.ofSeconds(25));
      Runner runner = opened(played);
      Process process = runner.start();
      await(process, () -> isAsked(played, "PATCH", path) || isAsked(played, "POST", path));
      end(process);
      assertThat(RateLimitsTest.pending(played)).isEmpty();
      try (GitRepository served = played.served()) {
        String tip = served.resolve("refs/heads/topic").orElseThrow();
        assertThat(played.gitHub().statuses())
            .anySatisfy(status -> assertThat(status.sha()).isEqualTo(tip));
      }
    }
  }

  @Test
  void settlesTheGateWhereItIsEndedWhileItWaitsForARateLimit() throws InterruptedException {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      played.gitHub().answerOnce("POST", ".*/git/trees", 429, Map.of("Retry-After", "60"), DOWN);
      Runner runner = opened(played);
      Process process = runner.start();
      await(process, () -> isAsked(played, "POST", ".*/git/trees"));
      assertInterrupted(played, process);
      assertUnmoved(played);
    }
  }

  @Test
  void endsAnAgentThatNeverAnswersAndSaysSo() {
    String workflow =
        """
        isolation: off
        agents:
          - {name: anna, type: recorded, file: anna.json, timeout: 2s}
        """;
    Map<String, String> files =
        Map.of(
            ".github/workflow-optr.yaml",
            workflow,
            ".github/anna.json",
            Recordings.rewrite("a.txt", "two\n", 300_000),
            "a.txt",
            "one\n");
    try (PlayedPullRequest played = PlayedPullRequest.start(directory, files)) {
      ProgramProcess.Result result = opened(played).run();
      assertThat(result.exit()).as(result.log()).isEqualTo(3);
      assertThat(result.log()).contains("anna: failed: TIMEOUT");
      assertThat(RateLimitsTest.pending(played)).isEmpty();
      assertThat(played.gitHub().statuses()).hasSizeGreaterThan(1);
    }
  }

  @Test
  void triesTheFinalStatusAgainWhereGitHubIsDownForAMoment() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      played
          .gitHub()
          .listen(
              request -> {
                if (request.line().endsWith("/git/commits")) {
                  played.gitHub().answerOnce("POST", ".*/statuses/.*", 502, Map.of(), DOWN);
                  played.gitHub().answerOnce("POST", ".*/statuses/.*", 503, Map.of(), DOWN);
                }
              });
      Runner runner = opened(played);
      ProgramProcess.Result result = runner.run();
      assertThat(result.exit()).as(result.log()).isZero();
      assertThat(RateLimitsTest.pending(played)).isEmpty();
    }
  }

  @Test
  void saysSoWhereNotEvenTheLastTryAtTheGateWorks() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      played
          .gitHub()
          .listen(
              request -> {
                if (request.line().endsWith("/git/commits")) {
                  for (int i = 0; i < 20; i++) {
                    played.gitHub().answerOnce("POST", ".*/statuses/.*", 503, Map.of(), DOWN);
                  }
                }
              });
      Runner runner = opened(played);
      ProgramProcess.Result result = runner.run();
      assertThat(result.exit()).as(result.log()).isEqualTo(3);
      assertThat(result.log())
          .contains("::error::could not set the status 'optr/gate'", "is still pending");
      assertUnmoved(played);
    }
  }

  private static void hang(PlayedPullRequest played, int milliseconds) {
    played
        .providerServer()
        .stubFor(any(anyUrl()).atPriority(1).willReturn(aResponse().withFixedDelay(milliseconds)));
  }

  private static boolean isAsked(PlayedPullRequest played, String method, String path) {
    return played.gitHub().requests().stream()
        .anyMatch(request -> request.method().matches(method) && request.path().matches(path));
  }

  private static void await(Process process, BooleanSupplier begun) throws InterruptedException {
    while (!begun.getAsBoolean()) {
      assertThat(process.isAlive()).isTrue();
      Thread.sleep(20);
    }
  }

  private static void end(Process process) throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
  }

  private static void assertInterrupted(PlayedPullRequest played, Process process)
      throws InterruptedException {
    end(process);
    FakeGitHub.Status gate = played.gitHub().statuses().getLast();
    assertThat(gate.state()).isEqualTo("error");
    assertThat(gate.description()).contains("interrupted");
    assertThat(RateLimitsTest.pending(played)).isEmpty();
  }

  private static void assertUnmoved(PlayedPullRequest played) {
    try (GitRepository served = played.served()) {
      assertThat(served.resolve("refs/heads/topic")).contains(played.head());
    }
  }

  private static Runner opened(PlayedPullRequest played) {
    return played.runner("runner").event("pull_request", played.event("pull_request.opened.json"));
  }
}
