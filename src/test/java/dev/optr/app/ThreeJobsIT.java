package dev.optr.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.CompactJson;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.git.FrozenTree;
import dev.optr.git.GitRepository;
import dev.optr.testing.FakeJobs;
import dev.optr.testing.PlayedJobs;
import dev.optr.testing.PlayedPullRequest;
import dev.optr.testing.ProgramProcess;
import dev.optr.testing.RealGit;
import dev.optr.testing.Runner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Phases propose and select as the runner starts them, each in a workspace of its own, with jobs
 * between them that really run; GitHub tells of these.
 */
final class ThreeJobsIT {
  @TempDir private Path directory;

  @Test
  void decideAsOneJobDoes() {
    try (PlayedPullRequest played = played("three")) {
      Runner propose = proposed(played);
      assertThat(played.gitHub().requestLines()).noneMatch(line -> !line.startsWith("GET "));
      ran(played, 1, jobs(played, propose));
      Runner select = selecting(played, propose);
      ProgramProcess.Result result = select.run();
      assertThat(result.exit()).as(result.log()).isZero();
      String anchor = select.output("anchor-sha");
      assertThat(select.output("outcome")).isEqualTo("selected");
      assertThat(played.gitHub().statuses())
          .anySatisfy(status -> assertThat(status.sha()).isEqualTo(anchor));
      assertThat(played.gitHub().comments().getLast().body()).contains("codex", "claude");
      played.gitHub().assertNoUnexpectedRequests();
      played.topicIs(played.head());
      Runner whole = played.runner("whole").event("pull_request", opened(played));
      assertThat(whole.run().exit()).isZero();
      assertThat(body(played, anchor)).isEqualTo(body(played, whole.output("anchor-sha")));
    }
  }

  @Test
  void giveTheProvidersKeysToTheFirstAlone() {
    try (PlayedPullRequest played = played("keys")) {
      Runner propose = proposed(played);
      ran(played, 1, jobs(played, propose));
      Runner select =
          selecting(played, propose).input("openai-api-key", "").input("anthropic-api-key", "");
      assertThat(select.run().exit()).isZero();
      assertThat(played.providerServer().getAllServeEvents()).hasSize(2);
      for (Path file : files(propose.workspace())) {
        assertThat(read(file))
            .doesNotContain(PlayedPullRequest.OPENAI_KEY, PlayedPullRequest.ANTHROPIC_KEY);
      }
    }
  }

  @Test
  void refuseABundleThatWasEditedBetweenTheJobs() {
    try (PlayedPullRequest played = played("edited")) {
      Runner propose = proposed(played);
      ran(played, 1, jobs(played, propose));
      Runner select = selecting(played, propose);
      Path document = select.workspace().resolve("optr-bundle/agent-outputs/codex.json");
      write(document, read(document).replaceFirst("\"durationMs\": [0-9]+", "\"durationMs\": 1"));
      assertRefused(played, select, "codex.json");
    }
  }

  @Test
  void refuseEvidenceThatSomebodyPutIntoTheBundle() {
    try (PlayedPullRequest played = played("fake")) {
      Runner propose = proposed(played);
      ran(played, 1, jobs(played, propose));
      Runner select = selecting(played, propose);
      write(select.workspace().resolve("optr-bundle/evidence.jsonl"), "{}\n");
      assertRefused(played, select, "evidence.jsonl");
    }
  }

  @Test
  void takeNoFileInTheWorkspaceForEvidence() {
    try (PlayedPullRequest played = played("file")) {
      Runner propose = proposed(played);
      List<PlayedJobs.Ran> ran = jobs(played, propose);
      ran(played, 1, ran.stream().map(one -> one.concluding("failure")).toList());
      Runner select = selecting(played, propose);
      StringBuilder lines = new StringBuilder();
      ran.forEach(
          one ->
              lines
                  .append(CompactJson.exact(one.line(propose.output("bundle-digest"))))
                  .append('\n'));
      write(select.workspace().resolve("evidence.jsonl"), lines.toString());
      assertThat(select.run().exit()).isEqualTo(1);
      assertThat(select.output("outcome")).isEqualTo("none_admissible");
    }
  }

  @Test
  void askNobodyAgainOnTheirOwnAnchor() {
    try (PlayedPullRequest played = played("anchored")) {
      Runner propose = proposed(played);
      ran(played, 1, jobs(played, propose));
      Runner select = selecting(played, propose);
      assertThat(select.run().exit()).isZero();
      String anchor = select.output("anchor-sha");
      played.headIs(anchor);
      Runner proposeAgain = proposed(played, "propose-again", "pull_request.synchronize.json");
      assertThat(played.providerServer().getAllServeEvents()).hasSize(2);
      List<PlayedJobs.Ran> ranAgain = jobs(played, proposeAgain);
      assertThat(ranAgain).extracting(PlayedJobs.Ran::row).containsExactly("head");
      ran(played, 2, ranAgain);
      Runner selectAgain =
          selecting(played, proposeAgain, "select-again", "pull_request.synchronize.json");
      ProgramProcess.Result result = selectAgain.variable("GITHUB_RUN_ATTEMPT", "2").run();
      assertThat(result.exit()).as(result.log()).isZero();
      assertThat(selectAgain.output("anchor-sha")).isEqualTo(anchor);
      assertThat(played.gitHub().comments()).hasSize(1);
      assertThat(played.gitHub().statuses().getLast().sha()).isEqualTo(anchor);
    }
  }

  @Test
  void gatherLanesThatWereAskedInJobsOfTheirOwn() {
    try (PlayedPullRequest played = played("gather")) {
      Runner gather =
          played.runner("gather").input("phase", "gather").event("pull_request", opened(played));
      StringBuilder digests = new StringBuilder();
      for (String agent : List.of("codex", "claude")) {
        Runner propose =
            played
                .runner("propose-" + agent)
                .input("phase", "propose")
                .input("agent", agent)
                .event("pull_request", opened(played));
        ProgramProcess.Result result = propose.run();
        assertThat(result.exit()).as(result.log()).isZero();
        digests
            .append(propose.output("bundle-digest"))
            .append("  optr-lane-")
            .append(agent)
            .append('\n');
        copy(
            propose.workspace().resolve("optr-bundle"),
            gather.workspace().resolve("optr-lane-" + agent));
      }
      // The job of a third lane failed.
      digests.append("  optr-lane-copilot\n");
      ProgramProcess.Result result = gather.input("bundle-digest", digests.toString()).run();
      assertThat(result.exit()).as(result.log()).isZero();
      ran(played, 1, jobs(played, gather));
      Runner select = selecting(played, gather);
      assertThat(select.run().exit()).isZero();
      assertThat(select.output("selected-agent")).isEqualTo("codex");
    }
  }

  @Test
  void applyARowInTheContainerToo() {
    try (PlayedPullRequest played = played("apply")) {
      Runner propose = proposed(played);
      Runner apply =
          played
              .runner("apply")
              .input("phase", "apply")
              .input("agent", "codex")
              .input("bundle-digest", propose.output("bundle-digest"))
              .event("pull_request", opened(played));
      RealGit.in(apply.workspace()).text("clone", "-q", played.servedDirectory().toString(), ".");
      RealGit.in(apply.workspace()).text("checkout", "-q", "--detach", played.head());
      copy(propose.workspace().resolve("optr-bundle"), apply.workspace().resolve("optr-bundle"));
      ProgramProcess.Result result = apply.run();
      assertThat(result.exit()).as(result.log()).isZero();
      assertThat(read(apply.workspace().resolve("a.txt"))).contains("two");
    }
  }

  @Test
  void refuseABundleOfAnotherRun() {
    try (PlayedPullRequest played = played("another")) {
      Runner propose = proposed(played);
      ran(played, 1, jobs(played, propose));
      assertRefused(
          played,
          selecting(played, propose).variable("GITHUB_RUN_ID", "9000000002"),
          "the bundle is of another run");
    }
  }

  @Test
  void endInAnErrorOfTheGateWhereProposeGaveNoBundle() {
    try (PlayedPullRequest played = played("none")) {
      Runner select =
          played
              .runner("select")
              .input("phase", "select")
              .input("bundle-digest", "")
              .event("pull_request", opened(played));
      assertRefused(played, select, "input 'bundle-digest': it is empty");
    }
  }

  @Test
  void takeEveryHoleForUnknown() {
    for (UnaryOperator<PlayedJobs.Ran> damage :
        List.<UnaryOperator<PlayedJobs.Ran>>of(
            ran -> ran.concluding("cancelled"),
            ran -> ran.concluding("skipped"),
            ran -> named(ran, "optr-verify (somebody, tests)"),
            ran -> of(ran, "another"),
            ran -> on(ran, "1".repeat(40)))) {
      assertNothingIsAdmissible(damage);
    }
  }

  @Test
  void letTheFirstAttemptDecideHoweverOftenAJobIsRunAgain() {
    try (PlayedPullRequest played = played("again")) {
      Runner propose = proposed(played);
      List<PlayedJobs.Ran> ran = jobs(played, propose);
      ran(played, 1, ran.stream().map(one -> one.concluding("failure")).toList());
      ran(played, 2, ran.stream().map(ThreeJobsIT::aMinuteLater).toList());
      Runner select = selecting(played, propose).variable("GITHUB_RUN_ATTEMPT", "2");
      assertThat(select.run().exit()).isEqualTo(1);
      assertThat(select.output("outcome")).isEqualTo("none_admissible");
      assertThat(played.gitHub().comments().getLast().body())
          .containsPattern("claude +tests +2 +success +\\d+ s +no ");
    }
  }

  private void assertNothingIsAdmissible(UnaryOperator<PlayedJobs.Ran> damage) {
    try (PlayedPullRequest played = played("hole" + System.nanoTime())) {
      Runner propose = proposed(played);
      ran(played, 1, jobs(played, propose).stream().map(damage).toList());
      Runner select = selecting(played, propose);
      ProgramProcess.Result result = select.run();
      assertThat(result.exit()).as(result.log()).isEqualTo(1);
      assertThat(select.output("outcome")).isEqualTo("none_admissible");
      assertThat(played.gitHub().statuses().getLast().state()).isEqualTo("failure");
      assertThat(played.gitHub().comments().getLast().body()).contains("unknown");
    }
  }

  private static void assertRefused(PlayedPullRequest played, Runner select, String why) {
    ProgramProcess.Result result = select.run();
    assertThat(result.exit()).as(result.log()).isEqualTo(2);
    assertThat(result.log()).contains(why);
    assertThat(played.gitHub().statuses().getLast().state()).isEqualTo("error");
    assertThat(played.gitHub().comments()).isEmpty();
  }

  private PlayedPullRequest played(String name) {
    return PlayedPullRequest.start(directory.resolve(name));
  }

  private static String opened(PlayedPullRequest played) {
    return played.event("pull_request.opened.json");
  }

  private static Runner proposed(PlayedPullRequest played) {
    return proposed(played, "propose", "pull_request.opened.json");
  }

  private static Runner proposed(PlayedPullRequest played, String directory, String event) {
    Runner propose =
        played
            .runner(directory)
            .input("phase", "propose")
            .event("pull_request", played.event(event));
    ProgramProcess.Result result = propose.run();
    assertThat(result.exit()).as(result.log()).isZero();
    assertThat(propose.output("bundle-digest")).matches("[0-9a-f]{64}");
    return propose;
  }

  private static List<PlayedJobs.Ran> jobs(PlayedPullRequest played, Runner propose) {
    return new PlayedJobs(
            propose.root().resolve("verify"),
            played.servedDirectory(),
            propose.workspace().resolve("optr-bundle"),
            propose.output("bundle-digest"))
        .run(propose.output("matrix"));
  }

  /** GitHub tells of jobs that a reusable workflow's caller calls 'optr'. */
  private static void ran(PlayedPullRequest played, int attempt, List<PlayedJobs.Ran> all) {
    for (PlayedJobs.Ran one : all) {
      played
          .gitHub()
          .jobs()
          .add(
              9000000001L,
              attempt,
              new FakeJobs.Job(
                  1000L * attempt + all.indexOf(one),
                  "optr / " + one.job(),
                  one.commit(),
                  "optr: " + one.invariant(),
                  one.conclusion(),
                  one.startedAt(),
                  Duration.between(one.startedAt(), one.completedAt()).toSeconds()));
    }
  }

  /** The bundle travels as an artifact, its digest as an output. */
  private static Runner selecting(PlayedPullRequest played, Runner propose) {
    return selecting(played, propose, "select", "pull_request.opened.json");
  }

  private static Runner selecting(
      PlayedPullRequest played, Runner propose, String directory, String event) {
    Runner select =
        played
            .runner(directory)
            .input("phase", "select")
            .input("bundle-digest", propose.output("bundle-digest"))
            .event("pull_request", played.event(event));
    copy(propose.workspace().resolve("optr-bundle"), select.workspace().resolve("optr-bundle"));
    return select;
  }

  private static void copy(Path from, Path to) {
    for (Path file : files(from)) {
      Path copy = to.resolve(from.relativize(file).toString());
      try {
        Files.createDirectories(copy.resolveSibling("."));
        Files.copy(file, copy);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static PlayedJobs.Ran aMinuteLater(PlayedJobs.Ran ran) {
    return new PlayedJobs.Ran(
        ran.job(),
        ran.row(),
        ran.invariant(),
        ran.image(),
        ran.commit(),
        ran.conclusion(),
        ran.startedAt().plusSeconds(60),
        ran.completedAt().plusSeconds(60));
  }

  private static PlayedJobs.Ran named(PlayedJobs.Ran ran, String job) {
    return new PlayedJobs.Ran(
        job,
        ran.row(),
        ran.invariant(),
        ran.image(),
        ran.commit(),
        ran.conclusion(),
        ran.startedAt(),
        ran.completedAt());
  }

  private static PlayedJobs.Ran of(PlayedJobs.Ran ran, String invariant) {
    return new PlayedJobs.Ran(
        ran.job(),
        ran.row(),
        invariant,
        ran.image(),
        ran.commit(),
        ran.conclusion(),
        ran.startedAt(),
        ran.completedAt());
  }

  private static PlayedJobs.Ran on(PlayedJobs.Ran ran, String commit) {
    return new PlayedJobs.Ran(
        ran.job(),
        ran.row(),
        ran.invariant(),
        ran.image(),
        commit,
        ran.conclusion(),
        ran.startedAt(),
        ran.completedAt());
  }

  /** The body of the ledger's entry, but for its time and what documents tell of times. */
  private static JsonObject body(PlayedPullRequest played, String anchor) {
    try (GitRepository served = played.served()) {
      String ledger =
          served.files(anchor, RunLedger.SHARDS).stream()
              .map(FrozenTree.File::path)
              .map(path -> served.file(anchor, path).orElseThrow().utf8())
              .findFirst()
              .orElseThrow();
      String line = ledger.lines().reduce((_, last) -> last).orElseThrow();
      JsonObject body = JsonReader.readObject(line.getBytes(UTF_8)).object("body");
      List<String> outputs =
          Invocation.objects(body, "outputs").stream()
              .map(output -> Invocation.text(output, "path"))
              .toList();
      return body.without("ts").with("outputs", Json.texts(outputs));
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Path> files(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
