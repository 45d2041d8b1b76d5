package dev.optr.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.actions.PlayedRunner;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.base.PrettyJson;
import dev.optr.git.GitRepository;
import dev.optr.report.Outside;
import dev.optr.testing.FakeGitHub;
import dev.optr.testing.FakePeople;
import dev.optr.testing.PlayedPullRequest;
import dev.optr.testing.Runner;
import dev.optr.testing.TempRepo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A pull request in which everybody writes the same hostile text wherever text can be written: its
 * author in title, description, commit message and files, agents in every field that they fill or
 * decline with, the command in what it prints. Everything is switched on that says or writes
 * something: comment, check run, tag, execution.
 */
final class HostileSite implements AutoCloseable {
  private static final String WORKFLOW =
      """
      workflow: widgets
      isolation: off
      execute: auto
      gate: executed
      report: check
      anchorTag: true
      invariants:
        - {id: tests, run: "cat said.txt; cat said.txt >&2; grep -q two a.txt"}
      agents:
        - {name: anna, type: recorded, file: anna.json}
        - {name: bert, type: recorded, file: bert.json}
        - {name: cleo, type: recorded, file: cleo.json}
      """;
  private static final Set<String> OUTPUTS =
      Set.of(
          "outcome",
          "mode",
          "admissible",
          "datalake-path",
          "comment-url",
          "anchor-sha",
          "ledger-entry",
          "selected-agent",
          "tree",
          "ttv-seconds");
  private static final Set<String> COMMANDS =
      Set.of("add-mask", "group", "endgroup", "notice", "warning", "error");

  private final PlayedPullRequest played;
  private final String title;
  private final String body;
  private String branch = "topic";
  private final Runner runner;

  private HostileSite(PlayedPullRequest played, String title, String body) {
    this.played = played;
    this.title = title;
    this.body = body;
    this.runner = played.runner("runner");
  }

  /** Everybody writes this. */
  static HostileSite of(Path directory, String text) {
    return of(directory, text, text);
  }

  /**
   * @param line the same, as short as a title is
   */
  static HostileSite of(Path directory, String text, String line) {
    return of(directory, text, line, text, "b.txt");
  }

  /** Author and agents add a file of this name. */
  static HostileSite naming(Path directory, String path) {
    return of(directory, "plain", "plain", "plain", path);
  }

  /** The pull request has no description, as much as GitHub lets its title be empty. */
  static HostileSite blank(Path directory) {
    return of(directory, "-", "-", " \t\n", "b.txt");
  }

  private static HostileSite of(
      Path directory, String text, String line, String body, String path) {
    PlayedPullRequest played =
        PlayedPullRequest.start(
            directory,
            Map.of(
                ".github/workflow-optr.yaml",
                WORKFLOW,
                ".github/anna.json",
                proposal(text, List.of(edit("a.txt", "two\n" + text), edit(path, text))),
                ".github/bert.json",
                recording("decline", Json.object().put("reason", text).build()),
                ".github/cleo.json",
                proposal(text, List.of(edit("README.md", text), edit(path, "x"))),
                "said.txt",
                text + "\n",
                "a.txt",
                "one\n"));
    played.headIs(played.pushToTopic(text, Map.of("README.md", text, path, text)));
    return new HostileSite(played, line, body);
  }

  private static Json edit(String path, String content) {
    return Json.object()
        .put("op", "rewrite")
        .put("path", path)
        .put("to", Json.NULL)
        .put("search", Json.NULL)
        .put("replace", Json.NULL)
        .put("content", content)
        .put("executable", Json.NULL)
        .build();
  }

  private static String proposal(String text, List<Json> edits) {
    return recording(
        "submit_path",
        Json.object()
            .put("summary", text)
            .put("rationale", text)
            .put("ttvEstimateSeconds", 60)
            .put("invariants", Json.texts(List.of(text)))
            .put("risks", Json.texts(List.of(text, text)))
            .put("constraints", Json.array(List.of()))
            .put("edits", Json.array(edits))
            .build());
  }

  private static String recording(String tool, JsonObject arguments) {
    JsonObject usage = Json.object().put("inputTokens", 100).put("outputTokens", 10).build();
    return PrettyJson.text(
        Json.object()
            .put("tool", tool)
            .put("arguments", arguments)
            .put("delayMs", 0)
            .put("usage", usage)
            .put("verdicts", Json.array(List.of()))
            .build());
  }

  PlayedPullRequest played() {
    return played;
  }

  Runner runner() {
    return runner;
  }

  /** The pull request's branch has this name. */
  HostileSite branch(String name) {
    branch = name;
    try (TempRepo served = TempRepo.open(played.servedDirectory())) {
      served.ref("refs/heads/" + name, played.head());
    }
    played.gitHub().openPullRequest(7, name, played.head());
    return this;
  }

  /** The run that its opening starts. */
  Invocation opened() {
    runner.event("pull_request", payload());
    return Invocation.step(runner);
  }

  private String payload() {
    JsonObject event = parsed(played.event("pull_request.opened.json"));
    JsonObject pullRequest = event.object("pull_request");
    return PrettyJson.text(
        event.with(
            "pull_request",
            pullRequest
                .with("title", Json.text(title))
                .with("body", Json.text(body))
                .with("head", pullRequest.object("head").with("ref", Json.text(branch)))));
  }

  private static JsonObject parsed(String text) {
    try {
      return JsonReader.readObject(text.getBytes(UTF_8));
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }

  /** Nothing that reached GitHub, the runner or its log has one of these where it could act. */
  void assertInert(Invocation ran, String... forbidden) {
    assertLog(ran);
    assertOutputs(forbidden);
    for (String words : spoken()) {
      Outside outside = Outside.of(words);
      assertThat(outside.closed()).as(words).isTrue();
      assertThat(String.join("\n", outside.active())).doesNotContain(forbidden);
    }
    for (String words : plain()) {
      assertThat(words).doesNotContain(forbidden);
      assertThat(words.codePoints()).noneMatch(point -> point < ' ' && point != '\n');
    }
  }

  /** The runner obeys nobody but us. */
  private static void assertLog(Invocation ran) {
    PlayedRunner runner = PlayedRunner.of(ran.out() + ran.err());
    assertThat(COMMANDS).containsAll(runner.names());
    assertThat(runner.isStopped()).isFalse();
    assertThat(runner.obeyed().stream().filter(it -> it.name().equals("add-mask")))
        .noneMatch(mask -> mask.data().length() < 6);
    assertThat(runner.names().stream().filter("group"::equals))
        .hasSameSizeAs(runner.names().stream().filter("endgroup"::equals).toList());
  }

  private void assertOutputs(String... forbidden) {
    Map<String, String> outputs = PlayedRunner.outputs(read("file_commands/output"));
    assertThat(OUTPUTS).containsAll(outputs.keySet());
    assertThat(outputs.values())
        .allSatisfy(value -> assertThat(value).doesNotContain(forbidden).doesNotContain("\n"));
  }

  /** What is read as markdown. */
  private List<String> spoken() {
    List<String> all = new ArrayList<>();
    played.gitHub().comments().stream().map(FakeGitHub.Comment::body).forEach(all::add);
    played.gitHub().people().checkRuns().stream()
        .map(FakePeople.CheckRun::summary)
        .forEach(all::add);
    all.add(read("file_commands/summary"));
    assertThat(all).allSatisfy(text -> assertThat(text.length()).isLessThanOrEqualTo(1 << 20));
    return all;
  }

  /** What is read as it is: statuses, titles, and messages of commits. */
  private List<String> plain() {
    return Stream.of(
            played.gitHub().statuses().stream().map(FakeGitHub.Status::description),
            played.gitHub().statuses().stream().map(FakeGitHub.Status::targetUrl),
            played.gitHub().people().checkRuns().stream().map(FakePeople.CheckRun::title),
            messages().stream())
        .flatMap(words -> words)
        .toList();
  }

  /** Messages of the commits that the run made, the newest first. */
  List<String> messages() {
    List<String> messages = new ArrayList<>();
    try (GitRepository served = played.served()) {
      String tip = served.resolve("refs/heads/" + branch).orElseThrow();
      while (!tip.equals(played.head())) {
        messages.add(served.message(tip));
        tip = served.parents(tip).getFirst();
      }
    }
    return messages;
  }

  /** What the runner was told in a file of its own. */
  String read(String file) {
    try {
      return Files.readString(runner.root().resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    played.close();
  }
}
