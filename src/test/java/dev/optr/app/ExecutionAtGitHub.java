package dev.optr.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.actions.ActionEnvironment;
import dev.optr.actions.WorkflowCommands;
import dev.optr.base.Checkpoint;
import dev.optr.base.JsonException;
import dev.optr.base.JsonReader;
import dev.optr.execution.Executed;
import dev.optr.git.GitRepository;
import dev.optr.github.PullRequestEvent;
import dev.optr.testing.PlayedPullRequest;
import dev.optr.testing.RealGit;
import dev.optr.testing.Runner;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs and executions about the played pull request, in this process. */
final class ExecutionAtGitHub implements AutoCloseable {
  private static final String WORKFLOW = ".github/workflow-optr.yaml";

  private final PlayedPullRequest played;
  private final List<String> warnings = new ArrayList<>();
  private String key = "";
  private int runs;

  ExecutionAtGitHub(PlayedPullRequest played) {
    this.played = played;
  }

  PlayedPullRequest played() {
    return played;
  }

  /** Sentences that executions warned with. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Every run and execution from now on signs with this key. */
  ExecutionAtGitHub signing(String pem) {
    key = pem;
    return this;
  }

  /** A run on the head as it is; gives the anchor, which is the head from then on. */
  String decide() {
    Runner runner = runner(played.event("pull_request.synchronize.json"));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int exit = new Main(host(runner, said)).run("action");
    assertThat(exit).as(said.toString(UTF_8)).isZero();
    String anchor = runner.output("anchor-sha");
    played.headIs(anchor);
    return anchor;
  }

  /** An execution as a run about the head as it is does it. */
  Executed execute(String... agent) {
    return executeOn(played.event("pull_request.synchronize.json"), agent);
  }

  /** The same about another payload. */
  Executed executeOn(String payload, String... agent) {
    Runner runner = runner(payload);
    Host host = host(runner, new ByteArrayOutputStream());
    ActionEnvironment action = ActionEnvironment.of(runner.environment());
    Subject subject = new Subject.OfPullRequest(event(payload), new Occasion.Push());
    List<String> refs = List.of("refs/heads/" + subject.baseBranch(), "refs/pull/7/head");
    try (FetchedRepository fetched = FetchedRepository.of(host, action, refs)) {
      PullRequestIntake intake =
          new PullRequestIntake(
              host,
              action,
              new WorkflowCommands(host.out(), () -> "token"),
              subject,
              fetched,
              WorkflowSource.read(
                  WORKFLOW, fetched.repository().file(subject.base(), WORKFLOW).orElseThrow()),
              WORKFLOW);
      Gate gate = new Gate(AtGitHub.connect(host, action), action, subject);
      return new PullRequestExecutor(intake, gate, warnings::add)
          .execute(List.of(agent).stream().findFirst());
    }
  }

  private Runner runner(String payload) {
    runs++;
    return played
        .runner("runner-" + runs)
        .variable("GITHUB_RUN_ID", String.valueOf(9_000_000_000L + runs))
        .input("signing-key", key)
        .event("pull_request", payload);
  }

  private static PullRequestEvent event(String payload) {
    try {
      return PullRequestEvent.parse(JsonReader.readObject(payload.getBytes(UTF_8)));
    } catch (JsonException e) {
      throw new AssertionError(payload, e);
    }
  }

  private static Host host(Runner runner, ByteArrayOutputStream said) {
    PrintStream out = new PrintStream(said, true, UTF_8);
    return new Host(
        runner.environment(), out, out, Clock.systemUTC(), runner.workspace(), Checkpoint.NONE);
  }

  /** A clone of what everybody sees, with the branch checked out. */
  Path cloned(Path directory) {
    RealGit.in(directory)
        .text("clone", "-q", "-b", "topic", played.servedDirectory().toString(), "clone");
    return directory.resolve("clone");
  }

  Optional<String> branch() {
    try (GitRepository served = played.served()) {
      return served.resolve("refs/heads/topic");
    }
  }

  @Override
  public void close() {
    played.close();
  }
}
