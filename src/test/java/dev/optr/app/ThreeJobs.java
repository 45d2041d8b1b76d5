package dev.optr.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
import dev.optr.testing.Runner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Phases propose and select as the runner starts them, each in a workspace of its own, with jobs
 * between them that really run; GitHub tells of these.
 */
final class ThreeJobs {
  private static final long RUN = 9000000001L;

  private ThreeJobs() {}

  static String opened(PlayedPullRequest played) {
    return played.event("pull_request.opened.json");
  }

  static Runner proposed(PlayedPullRequest played) {
    return proposed(played, "propose", "pull_request.opened.json");
  }

  static Runner proposed(PlayedPullRequest played, String directory, String event) {
    return proposed(played, directory, "pull_request", played.event(event));
  }

  static Runner proposed(PlayedPullRequest played, String directory, String name, String payload) {
    Runner propose = played.runner(directory).input("phase", "propose").event(name, payload);
    ProgramProcess.Result result = propose.run();
    assertThat(result.exit()).as(result.log()).isZero();
    assertThat(propose.output("bundle-digest")).matches("[0-9a-f]{64}");
    return propose;
  }

  static List<PlayedJobs.Ran> jobs(PlayedPullRequest played, Runner propose) {
    return new PlayedJobs(
            propose.root().resolve("verify"),
            played.servedDirectory(),
            propose.workspace().resolve("optr-bundle"),
            propose.output("bundle-digest"))
        .run(propose.output("matrix"));
  }

  /** GitHub tells of jobs that a reusable workflow's caller calls 'optr'. */
  static void ran(PlayedPullRequest played, int attempt, List<PlayedJobs.Ran> all) {
    ran(played, RUN, attempt, all, Optional.empty());
  }

  /**
   * The same for the first attempt of any run.
   *
   * @param commit that GitHub says the run is of, where no push started it
   */
  static void ran(
      PlayedPullRequest played, long run, List<PlayedJobs.Ran> all, Optional<String> commit) {
    ran(played, run, 1, all, commit);
  }

  private static void ran(
      PlayedPullRequest played,
      long run,
      int attempt,
      List<PlayedJobs.Ran> all,
      Optional<String> commit) {
    for (PlayedJobs.Ran one : all) {
      played
          .gitHub()
          .jobs()
          .add(
              run,
              attempt,
              new FakeJobs.Job(
                  1000L * attempt + all.indexOf(one),
                  "optr / " + one.job(),
                  commit.orElse(one.commit()),
                  "optr: " + one.invariant(),
                  one.conclusion(),
                  one.startedAt(),
                  Duration.between(one.startedAt(), one.completedAt()).toSeconds()));
    }
  }

  /** The bundle travels as an artifact, its digest as an output. */
  static Runner selecting(PlayedPullRequest played, Runner propose) {
    return selecting(played, propose, "select", "pull_request.opened.json");
  }

  static Runner selecting(
      PlayedPullRequest played, Runner propose, String directory, String event) {
    return selecting(played, propose, directory, "pull_request", played.event(event));
  }

  static Runner selecting(
      PlayedPullRequest played, Runner propose, String directory, String name, String payload) {
    Runner select =
        played
            .runner(directory)
            .input("phase", "select")
            .input("bundle-digest", propose.output("bundle-digest"))
            .event(name, payload);
    copy(propose.workspace().resolve("optr-bundle"), select.workspace().resolve("optr-bundle"));
    return select;
  }

  static void copy(Path from, Path to) {
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

  /** The body of the ledger's entry, but for its time and what documents tell of times. */
  static JsonObject body(PlayedPullRequest played, String anchor) {
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

  static List<Path> files(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
