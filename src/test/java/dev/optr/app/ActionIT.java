package dev.optr.app;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.git.FrozenTree;
import dev.optr.git.GitRepository;
import dev.optr.ledger.Verification;
import dev.optr.ledger.VerifyOptions;
import dev.optr.testing.FakeGitHub;
import dev.optr.testing.PlayedPullRequest;
import dev.optr.testing.ProgramProcess;
import dev.optr.testing.RealGit;
import dev.optr.testing.Runner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built program as the runner starts it, with GitHub and both providers played on loopback. */
final class ActionIT {
  private static final List<String> SECRETS =
      List.of(FakeGitHub.TOKEN, PlayedPullRequest.OPENAI_KEY, PlayedPullRequest.ANTHROPIC_KEY);

  @TempDir private Path directory;

  @Test
  void decidesAndAnchorsWithAnEmptyWorkspace() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      Runner runner =
          played.runner("runner").event("pull_request", played.event("pull_request.opened.json"));
      ProgramProcess.Result result = runner.run();
      assertThat(result.exit()).as(result.log()).isZero();
      String anchor = runner.output("anchor-sha");
      assertDecision(played, runner, anchor);
      assertRequests(played, anchor);
      assertNoSecretLeaks(played, runner, result);
      assertThat(runner.workspace()).isEmptyDirectory();
    }
  }

  @Test
  void ignoresADepthOneCheckoutOfTheMergeRefAndItsCredentials() throws IOException {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      Runner runner =
          played
              .runner("runner")
              .event("pull_request", played.event("pull_request.synchronize.json"));
      checkOutMergeRef(played, runner.workspace());
      List<String> before = files(runner.workspace());
      ProgramProcess.Result result = runner.run();
      assertThat(result.exit()).as(result.log()).isZero();
      assertDecision(played, runner, runner.output("anchor-sha"));
      assertThat(files(runner.workspace())).isEqualTo(before);
      assertThat(played.git().requests())
          .allSatisfy(
              request ->
                  assertThat(String.valueOf(request.authorization()))
                      .doesNotContain("d3Jvbmc6d3Jvbmc="));
    }
  }

  @Test
  void asksNobodyAgainOnItsOwnAnchorAndEditsItsComment() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      Runner first =
          played.runner("first").event("pull_request", played.event("pull_request.opened.json"));
      assertThat(first.run().exit()).isZero();
      String anchor = first.output("anchor-sha");
      played.headIs(anchor);
      Runner second =
          played
              .runner("second")
              .event("pull_request", played.event("pull_request.synchronize.json"));
      ProgramProcess.Result result = second.run();
      assertThat(result.exit()).as(result.log()).isZero();
      assertThat(played.providerServer().getAllServeEvents()).hasSize(2);
      assertThat(second.outputs()).isEqualTo(first.outputs());
      assertThat(played.gitHub().comments()).hasSize(1);
      assertThat(played.gitHub().statuses().getLast().sha()).isEqualTo(anchor);
      assertThat(played.gitHub().statuses().getLast().state()).isEqualTo("failure");
      assertThat(
              played.gitHub().requestLines().stream().filter(line -> line.endsWith("/git/commits")))
          .hasSize(1);
      played.gitHub().assertNoUnexpectedRequests();
    }
  }

  @Test
  void refusesAnEarlierDecisionWhoseDocumentsAreNotTheRecordedOnes() {
    try (PlayedPullRequest played = PlayedPullRequest.start(directory)) {
      Runner first =
          played.runner("first").event("pull_request", played.event("pull_request.opened.json"));
      assertThat(first.run().exit()).isZero();
      played.headIs(
          played.rewriteAnchor(first.output("anchor-sha"), "Keep the session", "Drop the session"));
      Runner second =
          played
              .runner("second")
              .event("pull_request", played.event("pull_request.synchronize.json"));
      ProgramProcess.Result result = second.run();
      assertThat(result.exit()).as(result.log()).isEqualTo(4);
      assertThat(played.gitHub().statuses().getLast().sha()).isEqualTo(played.head());
      assertThat(played.gitHub().statuses().getLast().state()).isEqualTo("failure");
    }
  }

  @Test
  void settlesTheGateByWhatItSeesNowAlsoWhereADecisionIsRecorded() throws IOException {
    Path flag = Files.createFile(directory.resolve("flag"));
    String workflow =
        """
        isolation: off
        invariants:
          - {id: flag, run: test -f %s}
        agents:
          - {name: codex, type: recorded, file: ../codex.json}
        """
            .formatted(flag);
    String recording =
        "{\"tool\": \"submit_path\", \"arguments\": {\"summary\": \"s\", \"edits\": [{\"op\": \"rewrite\","
            + " \"path\": \"README.md\", \"content\": \"longer\\n\"}]}}";
    Map<String, String> files =
        Map.of(
            ".github/workflow-optr.yaml",
            workflow,
            "codex.json",
            recording,
            "README.md",
            "short\n");
    try (PlayedPullRequest played = PlayedPullRequest.start(directory, files)) {
      Runner first =
          played.runner("first").event("pull_request", played.event("pull_request.opened.json"));
      ProgramProcess.Result decided = first.run();
      assertThat(decided.exit()).as(decided.log()).isZero();
      assertThat(played.gitHub().statuses().getLast().state()).isEqualTo("success");
      played.headIs(first.output("anchor-sha"));
      Files.delete(flag);
      Runner second =
          played
              .runner("second")
              .event("pull_request", played.event("pull_request.synchronize.json"));
      ProgramProcess.Result again = second.run();
      assertThat(again.exit()).as(again.log()).isZero();
      assertThat(second.outputs()).containsEntry("outcome", "selected");
      assertThat(played.gitHub().statuses().getLast().state()).isEqualTo("failure");
    }
  }

  private static void assertDecision(PlayedPullRequest played, Runner runner, String anchor) {
    assertThat(runner.outputs())
        .containsEntry("outcome", "selected")
        .containsEntry("selected-agent", "codex")
        .containsEntry("mode", "full")
        .containsEntry("datalake-path", "datalake/workflows/widgets-pr-7")
        .containsKeys("tree", "ttv-seconds", "ledger-entry", "comment-url", "admissible");
    try (GitRepository served = played.served()) {
      assertThat(served.resolve("refs/heads/topic")).contains(anchor);
      assertThat(served.parents(anchor)).containsExactly(played.head());
      assertThat(served.changedPaths(anchor))
          .containsExactlyInAnyOrder(
              "datalake/.gitattributes",
              "datalake/ledger.d/pr-7.jsonl",
              "datalake/workflows/widgets-pr-7/agent-outputs/claude.json",
              "datalake/workflows/widgets-pr-7/agent-outputs/claude.transcript.jsonl",
              "datalake/workflows/widgets-pr-7/agent-outputs/codex.json",
              "datalake/workflows/widgets-pr-7/agent-outputs/codex.transcript.jsonl",
              "datalake/workflows/widgets-pr-7/agent-outputs/copilot.json",
              "datalake/workflows/widgets-pr-7/agent-outputs/mscopilot.json",
              "datalake/workflows/widgets-pr-7/history.json",
              "datalake/workflows/widgets-pr-7/intent.json",
              "datalake/workflows/widgets-pr-7/optr-selection.json",
              "datalake/workflows/widgets-pr-7/workflow-optr.yaml");
      JsonObject selection = document(served, anchor, "optr-selection.json");
      assertThat(selection.text("selected")).isEqualTo("codex");
      assertThat(selection.text("tree")).isEqualTo(runner.output("tree"));
      JsonObject copilot = document(served, anchor, "agent-outputs/copilot.json");
      assertThat(copilot.text("code")).isEqualTo("UNAVAILABLE");
      assertThat(copilot.object("output").text("reason")).contains("input 'copilot-token'");
      Verification ledger = VerifyCommand.verify(served, anchor, VerifyOptions.standard());
      assertThat(ledger.findings()).isEmpty();
      assertThat(ledger.size()).isEqualTo(2);
    }
    assertThat(played.gitHub().comments()).hasSize(1);
    assertThat(played.gitHub().comments().getFirst().body())
        .startsWith("<!-- optr:sticky v1 workflow=widgets -->")
        .contains("OPTR selected `codex`: 2 of 4 paths admissible")
        .contains("UNAVAILABLE");
    assertThat(runner.summary()).contains("OPTR selected `codex`");
  }

  /**
   * What reached GitHub, in order: the gate pends first, then the others are listed; it is final on
   * the anchor before the branch moves, then the comment.
   */
  private static void assertRequests(PlayedPullRequest played, String anchor) {
    FakeGitHub gitHub = played.gitHub();
    gitHub.assertNoUnexpectedRequests();
    String repository = "/repos/" + FakeGitHub.REPOSITORY;
    List<String> lines =
        gitHub.requestLines().stream()
            .map(line -> line.replace(repository, "").replaceAll("\\?.*", ""))
            .toList();
    assertThat(lines.stream().distinct())
        .containsExactly(
            "POST /statuses/" + played.head(),
            "GET /pulls",
            "POST /git/trees",
            "POST /git/commits",
            "POST /statuses/" + anchor,
            "GET /git/matching-refs/heads/topic",
            "PATCH /git/refs/heads/topic",
            "GET /issues/7/comments",
            "POST /issues/7/comments");
    assertThat(
            gitHub.statuses().stream()
                .map(status -> status.sha() + " " + status.context() + " " + status.state()))
        .containsExactly(
            played.head() + " optr/gate pending",
            anchor + " optr/gate failure",
            played.head() + " optr/gate failure");
    assertThat(gitHub.statuses().getLast().description())
        .startsWith("selected: codex (2/4 admissible); ");
    assertThat(played.providerServer().getAllServeEvents()).hasSize(2);
    assertThat(played.providerServer().findAllUnmatchedRequests()).isEmpty();
  }

  private static void assertNoSecretLeaks(
      PlayedPullRequest played, Runner runner, ProgramProcess.Result result) {
    String withoutMasks =
        result.log().lines().filter(line -> !line.startsWith("::add-mask::")).toList().toString();
    for (String secret : SECRETS) {
      assertThat(withoutMasks).doesNotContain(secret);
      assertThat(files(runner.root().resolve("runner_temp")))
          .noneMatch(file -> read(file).contains(secret));
      assertThat(files(runner.root().resolve("home")))
          .noneMatch(file -> read(file).contains(secret));
      assertThat(files(runner.root().resolve("file_commands")))
          .noneMatch(file -> read(file).contains(secret));
      assertThat(played.gitHub().requests()).noneMatch(request -> request.body().contains(secret));
      assertThat(played.gitHub().comments()).noneMatch(comment -> comment.body().contains(secret));
    }
    for (FakeGitHub.Request request : played.gitHub().requests()) {
      assertThat(request.headers().toString())
          .doesNotContain(PlayedPullRequest.OPENAI_KEY)
          .doesNotContain(PlayedPullRequest.ANTHROPIC_KEY);
    }
    for (LoggedRequest request : played.providerServer().findAll(anyRequestedFor(anyUrl()))) {
      String other =
          request.getUrl().startsWith("/openai")
              ? PlayedPullRequest.ANTHROPIC_KEY
              : PlayedPullRequest.OPENAI_KEY;
      assertThat(request.toString()).doesNotContain(other).doesNotContain(FakeGitHub.TOKEN);
      SECRETS.forEach(secret -> assertThat(request.getBodyAsString()).doesNotContain(secret));
    }
    try (GitRepository served = played.served()) {
      for (FrozenTree.File file : served.files(runner.output("anchor-sha"), "")) {
        String content = new String(served.blob(file.blob()), ISO_8859_1);
        SECRETS.forEach(secret -> assertThat(content).as(file.path()).doesNotContain(secret));
      }
    }
  }

  /**
   * As actions/checkout leaves it: shallow, detached, with a credential in the config, here a wrong
   * one.
   */
  private static void checkOutMergeRef(PlayedPullRequest played, Path workspace)
      throws IOException {
    RealGit.in(workspace).text("init", "-q");
    String url = "file://" + played.servedDirectory();
    RealGit.in(workspace).text("fetch", "-q", "--depth=1", url, "refs/pull/7/merge");
    RealGit.in(workspace).text("checkout", "-q", "--detach", "FETCH_HEAD");
    Files.writeString(
        workspace.resolve(".git/config"),
        Files.readString(workspace.resolve(".git/config"))
            + "[http \"%s/\"]\n\textraheader = AUTHORIZATION: basic d3Jvbmc6d3Jvbmc=\n"
                .formatted(played.serverUrl()));
  }

  private static JsonObject document(GitRepository served, String anchor, String name) {
    try {
      return JsonReader.readObject(
          served.file(anchor, "datalake/workflows/widgets-pr-7/" + name).orElseThrow().toArray());
    } catch (JsonException e) {
      throw new AssertionError(name, e);
    }
  }

  private static List<String> files(Path root) {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(Files::isRegularFile).map(Path::toString).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(String file) {
    try {
      return new String(Files.readAllBytes(Path.of(file)), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
