package dev.optr.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.git.FrozenTree;
import dev.optr.git.GitRepository;
import dev.optr.testing.FakeJobs;
import dev.optr.testing.PlayedJobs;
import dev.optr.testing.PlayedPullRequest;
import dev.optr.testing.ProgramProcess;
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
    JsonObject byThree;
    try (PlayedPullRequest played = played("three")) {
      Runner propose = proposed(played);
      assertThat(played.gitHub().requestLines()).noneMatch(line -> !line.startsWith("GET "));
      ran(played, 1, jobs(played, propose));
      Runner select = selecting(played, propose);
      ProgramProcess.Result result = select.run();
      assertThat(result.exit()).as(result.log()).isZero();
      assertThat(select.output("outcome")).isEqualTo("selected");
      assertThat(played.gitHub().statuses())
          .anySatisfy(status -> assertThat(status.sha()).isEqualTo(select.output("anchor-sha")));
      assertThat(played.gitHub().comments().getLast().body()).contains("codex", "claude");
      played.gitHub().assertNoUnexpectedRequests();
      byThree = decision(played, select.output("anchor-sha"));
    }
    try (PlayedPullRequest played = played("one")) {
      Runner whole = played.runner("runner").event("pull_request", opened(played));
      ProgramProcess.Result result = whole.run();
      assertThat(result.exit()).as(result.log()).isZero();
      JsonObject byOne = decision(played, whole.output("anchor-sha"));
      for (String member : List.of("lanes", "outcome", "selected", "selector", "tree")) {
        assertThat(byThree.get(member)).as(member).isEqualTo(byOne.get(member));
      }
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
    Runner propose =
        played.runner("propose").input("phase", "propose").event("pull_request", opened(played));
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
    Runner select =
        played
            .runner("select")
            .input("phase", "select")
            .input("bundle-digest", propose.output("bundle-digest"))
            .event("pull_request", opened(played));
    Path from = propose.workspace();
    for (Path file : files(from)) {
      Path copy = select.workspace().resolve(from.relativize(file).toString());
      try {
        Files.createDirectories(copy.resolveSibling("."));
        Files.copy(file, copy);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return select;
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

  /** What the ledger says was decided. */
  private static JsonObject decision(PlayedPullRequest played, String anchor) {
    try (GitRepository served = played.served()) {
      String ledger =
          served.files(anchor, RunLedger.SHARDS).stream()
              .map(FrozenTree.File::path)
              .map(path -> served.file(anchor, path).orElseThrow().utf8())
              .findFirst()
              .orElseThrow();
      String line = ledger.lines().reduce((_, last) -> last).orElseThrow();
      return JsonReader.readObject(line.getBytes(UTF_8)).object("body").object("decision");
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
