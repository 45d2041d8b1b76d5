package dev.optr.agents.copilot;

import dev.optr.agents.Answer;
import dev.optr.agents.LaneEvent;
import dev.optr.agents.LaneLog;
import dev.optr.agents.LaneSamples;
import dev.optr.agents.Question;
import dev.optr.agents.Retries;
import dev.optr.agents.TestClock;
import dev.optr.base.Checkpoint;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.base.Network;
import dev.optr.base.Secret;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeStore;
import dev.optr.testing.GitServer;
import dev.optr.testing.TempRepo;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import dev.optr.workflow.Workflow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A clone, the repository it was cloned from, and Copilot working there. */
final class CopilotFixture implements AutoCloseable {
  static final String TOKEN = "github_pat_11TheTokenOfThisTest_0123456789";

  final TestClock clock;
  final List<LaneEvent> events = new ArrayList<>();
  final LaneLog log;
  final TempRepo clone;

  /** Where Copilot works: a clone of its own. */
  final TempRepo worker;

  final GitServer git;
  final FakeCopilot github;
  final String frozen;
  private final Path directory;
  private final GitRepository repository;
  private final TreeStore trees;
  private @Nullable String model;
  private boolean deleteBranch;

  CopilotFixture(Path directory, Map<String, String> files) {
    this(directory, files, new TestClock());
  }

  CopilotFixture(Path directory, Map<String, String> files, TestClock clock) {
    this.clock = clock;
    this.log = new LaneLog(null, clock, events::add);
    this.directory = directory;
    Path served = directory.resolve("srv");
    clone = TempRepo.create(directory.resolve("clone"));
    frozen = clone.commit("first", files);
    git = GitServer.withPassword(served, TOKEN);
    git.create(FakeCopilot.REPOSITORY).close();
    publish(clone, "main");
    worker = TempRepo.create(directory.resolve("worker"));
    try (GitRepository copy = worker.repository()) {
      copy.fetch(
          Network.direct(),
          clone.directory().toUri(),
          Optional.empty(),
          List.of("refs/heads/main:refs/heads/start"));
    }
    github = new FakeCopilot(served.resolve(FakeCopilot.REPOSITORY + ".git"));
    repository = clone.repository();
    trees = TreeStore.open(repository, directory.resolve("tmp"));
  }

  /** Brings a branch to where GitHub has it. */
  void publish(TempRepo from, String branch) {
    try (GitRepository hosted =
        GitRepository.open(
            directory.resolve("srv/" + FakeCopilot.REPOSITORY + ".git"), Checkpoint.NONE)) {
      String ref = "refs/heads/" + branch;
      hosted.fetch(
          Network.direct(),
          from.directory().toUri(),
          Optional.empty(),
          List.of("+" + ref + ":" + ref));
    }
  }

  /** Work that stands on a branch at GitHub when the task ends, and in the clone nowhere. */
  String produce(String branch, Runnable commits) {
    worker.checkout("start");
    worker.branch(branch);
    commits.run();
    publish(worker, branch);
    return worker.head();
  }

  CopilotFixture model(String name) {
    model = name;
    return this;
  }

  CopilotFixture deleteBranch() {
    deleteBranch = true;
    return this;
  }

  Question question() {
    return LaneSamples.question("Make login survive", repository.frozenTree(frozen), trees);
  }

  TreeStore trees() {
    return trees;
  }

  GitRepository repository() {
    return repository;
  }

  Answer ask() {
    return ask(TOKEN);
  }

  Answer ask(String token) {
    try {
      return agent(token, clock).ask(question(), log);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  CopilotCloudAgent agent(String token, Retries.Sleeper sleeper) {
    return agent(token, sleeper, Duration.ofMinutes(30), new FrozenBranches());
  }

  /** An agent that asks for tasks elsewhere, such as at what stands before GitHub. */
  CopilotCloudAgent agentAt(String api) {
    return agent(api, TOKEN, clock, Duration.ofMinutes(30), new FrozenBranches());
  }

  CopilotCloudAgent agent(
      String token, Retries.Sleeper sleeper, Duration timeout, FrozenBranches branches) {
    return agent(github.url(), token, sleeper, timeout, branches);
  }

  private CopilotCloudAgent agent(
      String api,
      String token,
      Retries.Sleeper sleeper,
      Duration timeout,
      FrozenBranches branches) {
    URI served = git.url(FakeCopilot.REPOSITORY);
    URI server = URI.create("http://" + served.getAuthority());
    return new CopilotCloudAgent(
        spec(timeout),
        Optional.of(api),
        GitHubRepository.of(server, FakeCopilot.REPOSITORY).orElseThrow(),
        Secret.of(token),
        "input 'copilot-token'",
        Network.direct(),
        "1.2.3",
        new Retries(new Random(7), sleeper, clock, Checkpoint.NONE),
        clock,
        branches);
  }

  AgentSpec spec(Duration timeout) {
    AgentSpec plain =
        LaneSamples.spec(
            "copilot",
            AgentType.GITHUB_COPILOT,
            timeout,
            model,
            null,
            Workflow.Budget.NONE,
            List.of(),
            null);
    return new AgentSpec(
        plain.name(),
        plain.type(),
        plain.model(),
        plain.endpoint(),
        plain.credential(),
        plain.backend(),
        plain.role(),
        plain.organization(),
        plain.project(),
        plain.oidc(),
        deleteBranch,
        plain.timeout(),
        plain.turns(),
        plain.budget(),
        plain.exclude(),
        plain.file(),
        plain.command(),
        plain.digest());
  }

  /** A recorded answer about the task, with its placeholders filled in. */
  static JsonObject fixture(String name) {
    try {
      return JsonReader.readObject(
          Files.readAllBytes(Path.of("test-fixtures/providers/copilot/" + name + ".json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JsonException e) {
      throw new AssertionError(name, e);
    }
  }

  /** The task in a state, with nothing else to tell. */
  static JsonObject state(String state) {
    return fixture("queued").with("state", Json.text(state));
  }

  /** A completed task that names this branch. */
  static JsonObject completed(String branch) {
    JsonObject data =
        Json.object().put("head_ref", branch).put("base_ref", "optr/frozen/x").build();
    JsonObject artifact =
        Json.object().put("provider", "github").put("type", "branch").put("data", data).build();
    return fixture("completed").with("artifacts", Json.array(List.of(artifact)));
  }

  @Override
  public void close() {
    trees.close();
    repository.close();
    github.close();
    git.close();
    worker.close();
    clone.close();
  }
}
