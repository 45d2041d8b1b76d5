package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.git.GitRepository;
import dev.optr.testing.FakeGitHub;
import dev.optr.testing.PlayedPullRequest;
import dev.optr.testing.Runner;
import dev.optr.testing.TempRepo;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run asks of GitHub, counted on the wire, and what it does where GitHub wants less. */
final class RateLimitsTest {
  private static final String LIMITED = "{\"message\":\"API rate limit exceeded\"}";

  @TempDir private Path directory;

  @Test
  void asksFewerThanFortyTimesWithAHundredOpenPullRequests() {
    try (PlayedPullRequest played = fourAgents("")) {
      Runner runner = opened(played);
      Invocation ran = Invocation.step(runner);
      assertThat(ran.exit()).as(ran.log()).isZero();
      assertThat(documents(played, runner)).hasSizeGreaterThanOrEqualTo(12);
      assertFrugal(played, 0, 10);
    }
  }

  @Test
  void asksFewerThanFortyTimesWhereEverythingIsSwitchedOn() {
    try (PlayedPullRequest played =
        fourAgents("gate: executed\nexecute: auto\nanchorTag: true\nreport: check\n")) {
      for (int i = 0; i < 150; i++) {
        played.gitHub().comment(7, "ada", "Talk " + i);
      }
      Runner runner = opened(played);
      Invocation ran = Invocation.step(runner);
      assertThat(ran.exit()).as(ran.log()).isZero();
      assertThat(runner.outputs()).containsKey("anchor-sha");
      // Two commits, a tag and a check run more.
      assertFrugal(played, 0, 15);
      played.headIs(runner.output("anchor-sha"));
      int before = played.gitHub().requests().size();
      Runner again =
          played
              .runner("again")
              .event("pull_request", played.event("pull_request.synchronize.json"));
      assertThat(Invocation.step(again).exit()).isZero();
      assertFrugal(played, before, 10);
    }
  }

  @Test
  void asksFewerThanFortyTimesWithAnchorsOnTheSideBranch() {
    try (PlayedPullRequest played = fourAgents("anchor: side-branch\n")) {
      Invocation ran = Invocation.step(opened(played));
      assertThat(ran.exit()).as(ran.log()).isZero();
      // The branch itself begins with a commit of its own, once.
      assertFrugal(played, 0, 11);
    }
  }

  /** Every kind of request in the middle of a run, by each of the ways GitHub says it. */
  @ParameterizedTest
  @CsvSource({
    "POST, .*/statuses/.*",
    "GET, .*/pulls\\?.*",
    "POST, .*/git/trees",
    "POST, .*/git/commits",
    "GET, .*/git/matching-refs/.*",
    "PATCH, .*/git/refs/.*",
    "GET, .*/issues/7/comments.*",
    "POST, .*/issues/7/comments",
    "POST, /graphql"
  })
  void waitsAsLongAsGitHubAsksAndGoesOn(String method, String path) {
    try (PlayedPullRequest played = fourAgents("")) {
      played.gitHub().comment(7, "github-actions[bot]", "<!-- optr:sticky v1 workflow=x -->");
      played.gitHub().answerOnce(method, path, 429, Map.of("Retry-After", "1"), LIMITED);
      played.gitHub().answerOnce(method, path, 403, resetIn(1), LIMITED);
      Runner runner = opened(played);
      Invocation ran = Invocation.step(runner);
      assertThat(ran.exit()).as(ran.log()).isZero();
      assertThat(runner.outputs()).containsEntry("outcome", "selected");
      assertThat(played.gitHub().comments()).hasSize(2);
      assertThat(pending(played)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".*/pulls\\?.*",
        ".*/git/trees",
        ".*/git/commits",
        ".*/git/matching-refs/.*",
        ".*/git/refs/.*"
      })
  void endsInErrorWhereGitHubAsksForMoreThanARunHas(String path) {
    try (PlayedPullRequest played = fourAgents("")) {
      for (String method : List.of("GET", "POST", "PATCH")) {
        played.gitHub().answerOnce(method, path, 403, resetIn(3000), LIMITED);
      }
      Invocation ran = Invocation.step(opened(played));
      assertThat(ran.exit()).as(ran.log()).isEqualTo(3);
      assertThat(ran.log()).contains("rate limit is reached for another");
      assertThat(played.gitHub().statuses().getLast().state()).isEqualTo("error");
      assertThat(pending(played)).isEmpty();
    }
  }

  @Test
  void asksNobodyWhereNotEvenTheFirstStatusMayBeSet() {
    try (PlayedPullRequest played = fourAgents("")) {
      played
          .gitHub()
          .answerOnce("POST", ".*/statuses/.*", 429, Map.of("Retry-After", "3600"), LIMITED);
      Invocation ran = Invocation.step(opened(played));
      assertThat(ran.exit()).as(ran.log()).isEqualTo(3);
      assertThat(ran.log()).contains("rate limit is reached for another 3600 s");
      assertThat(played.gitHub().statuses()).isEmpty();
      assertThat(played.gitHub().comments()).isEmpty();
    }
  }

  /** Commits whose newest gate is still pending. */
  static List<String> pending(PlayedPullRequest played) {
    Map<String, String> newest = new HashMap<>();
    played.gitHub().statuses().forEach(status -> newest.put(status.sha(), status.state()));
    return newest.entrySet().stream()
        .filter(entry -> entry.getValue().equals("pending"))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** GitHub's documentation: "Rate limits for the REST API". */
  private static Map<String, String> resetIn(int seconds) {
    return Map.of(
        "x-ratelimit-remaining",
        "0",
        "x-ratelimit-reset",
        String.valueOf(Instant.now().getEpochSecond() + seconds));
  }

  private static void assertFrugal(PlayedPullRequest played, int from, int writes) {
    List<FakeGitHub.Request> all = played.gitHub().requests();
    List<String> rest =
        all.subList(from, all.size()).stream()
            .filter(request -> !request.path().equals("/graphql"))
            .map(FakeGitHub.Request::line)
            .toList();
    assertThat(rest).hasSizeLessThan(40);
    assertThat(rest.stream().filter(line -> !line.startsWith("GET "))).hasSizeLessThan(writes);
    played.gitHub().assertNoUnexpectedRequests();
  }

  private static List<String> documents(PlayedPullRequest played, Runner runner) {
    try (GitRepository served = played.served()) {
      return served.changedPaths(runner.output("anchor-sha"));
    }
  }

  private static Runner opened(PlayedPullRequest played) {
    return played.runner("runner").event("pull_request", played.event("pull_request.opened.json"));
  }

  /** Four agents that answer, and a hundred pull requests beside the one of the run. */
  private PlayedPullRequest fourAgents(String settings) {
    Map<String, String> files = new HashMap<>();
    StringBuilder workflow = new StringBuilder("workflow: widgets\nisolation: off\n" + settings);
    workflow.append("agents:\n");
    for (String agent : List.of("anna", "bert", "cleo", "dora")) {
      workflow.append("  - {name: %1$s, type: recorded, file: %1$s.json}\n".formatted(agent));
      files.put(".github/" + agent + ".json", Recordings.rewrite("a.txt", agent + "\n"));
    }
    files.put(".github/workflow-optr.yaml", workflow.toString());
    files.put("a.txt", "one\n");
    files.put("README.md", "short\n");
    PlayedPullRequest played = PlayedPullRequest.start(directory, files);
    try (TempRepo served = TempRepo.open(played.servedDirectory())) {
      for (int number = 11; number <= 110; number++) {
        served.ref("refs/pull/" + number + "/head", played.base());
        played.gitHub().openPullRequest(number, "wish-" + number, played.base());
      }
    }
    return played;
  }
}
