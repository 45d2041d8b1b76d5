package dev.optr.app;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.PrettyJson;
import dev.optr.git.GitRepository;
import dev.optr.testing.FakeGitHub;
import dev.optr.testing.Payloads;
import dev.optr.testing.PlayedPullRequest;
import dev.optr.testing.RealGit;
import dev.optr.testing.Runner;
import dev.optr.testing.TempRepo;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A repository at a played GitHub with two recorded agents, pull requests on it, and the Action in
 * this process. People work in a clone, by the git program.
 */
final class ServedSite implements AutoCloseable {
  private final Path home;
  private final PlayedPullRequest played;
  private final RealGit person;
  private final Map<Long, String> heads = new HashMap<>();
  private final Map<String, String> inputs = new TreeMap<>();
  private int runs;

  private ServedSite(Path home, PlayedPullRequest played) {
    this.home = home;
    this.played = played;
    RealGit.in(home).text("clone", "-q", played.servedDirectory().toString(), "person");
    this.person = RealGit.in(home.resolve("person"));
    person.text("config", "user.name", "Ada");
    person.text("config", "user.email", "ada@example.org");
  }

  /**
   * @param settings lines of the workflow file
   */
  static ServedSite with(Path home, String settings) {
    return new ServedSite(
        home,
        PlayedPullRequest.start(
            home.resolve("played"),
            Map.of(
                ".github/workflow-optr.yaml",
                workflow(settings),
                ".github/anna.json",
                Recordings.rewrite("a.txt", "two\n"),
                ".github/bert.json",
                Recordings.rewrite("a.txt", "two\nthree\nfour\n"),
                "a.txt",
                "one\n",
                "README.md",
                "short\n")));
  }

  PlayedPullRequest played() {
    return played;
  }

  RealGit person() {
    return person;
  }

  Path directory() {
    return home.resolve("person");
  }

  ServedSite input(String name, String value) {
    inputs.put(name, value);
    return this;
  }

  /** Opens a pull request of a branch of its own that adds a file. */
  String open(long number) {
    String branch = "wish-" + number;
    person.text("fetch", "-q", "origin");
    person.text("checkout", "-q", "-b", branch, "origin/main");
    String head = commit("Wish " + number, Map.of(branch + ".txt", "please\n"));
    push(number);
    return head;
  }

  /** Commits to what is checked out. */
  String commit(String message, Map<String, String> files) {
    try (TempRepo repository = TempRepo.open(directory())) {
      return repository.commit(message, files);
    }
  }

  /** Pushes what is checked out to the branch of a pull request. */
  void push(long number) {
    String branch = "wish-" + number;
    person.text("push", "-q", "origin", "HEAD:refs/heads/" + branch);
    headIs(number, person.text("rev-parse", "HEAD").strip());
    played.gitHub().openPullRequest(number, branch, head(number));
  }

  /** GitHub moves the pull request's ref wherever its branch goes. */
  void headIs(long number, String commit) {
    heads.put(number, commit);
    try (TempRepo served = TempRepo.open(played.servedDirectory())) {
      served.ref("refs/pull/" + number + "/head", commit);
    }
  }

  String head(long number) {
    return heads.getOrDefault(number, "");
  }

  /** Takes over what the Action pushed to the branch. */
  void followBranch(long number) {
    headIs(number, tip("refs/heads/wish-" + number));
  }

  /** Merges by the git program and pushes; gives what main is on then. */
  String merge(long number, boolean squash) {
    person.text("fetch", "-q", "origin");
    person.text("checkout", "-q", "-B", "main", "origin/main");
    if (squash) {
      person.text("merge", "-q", "--squash", "origin/wish-" + number);
      person.text("commit", "-q", "-m", "Wish " + number + " (#" + number + ")");
    } else {
      person.text("merge", "-q", "--no-ff", "-m", "Merge #" + number, "origin/wish-" + number);
    }
    person.text("push", "-q", "origin", "main");
    return tip("refs/heads/main");
  }

  String tip(String ref) {
    try (GitRepository served = played.served()) {
      return served.resolve(ref).orElseThrow(() -> new AssertionError("no " + ref));
    }
  }

  boolean has(String ref) {
    try (GitRepository served = played.served()) {
      return served.resolve(ref).isPresent();
    }
  }

  /** Text of a file of a served commit; empty where there is none. */
  String file(String revision, String path) {
    try (GitRepository served = played.served()) {
      return served.file(tip(revision), path).map(bytes -> bytes.utf8()).orElse("");
    }
  }

  List<String> parents(String commit) {
    try (GitRepository served = played.served()) {
      return served.parents(commit);
    }
  }

  /** The Action on {@code pull_request}. */
  Ran pullRequest(String action, long number) {
    return run("pull_request", payload(action, number, null, false));
  }

  /**
   * @param merge what main got by it; null where it was not merged
   */
  Ran closed(long number, @Nullable String merge) {
    return run("pull_request", payload("closed", number, merge, false));
  }

  Ran closedFork(long number) {
    return run("pull_request", payload("closed", number, null, true));
  }

  Ran pushed(String before, String after) {
    return run("push", Payloads.push("main", before, after));
  }

  Ran run(String event, String payload) {
    runs++;
    Runner runner =
        played
            .runner("runner-" + runs)
            .variable("GITHUB_RUN_ID", String.valueOf(9_000_000_000L + runs))
            .event(event, payload);
    inputs.forEach(runner::input);
    Invocation ran = Invocation.of(runner.workspace(), runner.environment(), "action");
    return new Ran(ran.exit(), runner.outputs(), ran.out() + ran.err());
  }

  /**
   * @param log everything that it said
   */
  record Ran(int exit, Map<String, String> outputs, String log) {
    Ran {
      outputs = Map.copyOf(outputs);
    }

    String output(String name) {
      return outputs.getOrDefault(name, "");
    }
  }

  /** {@code optr verify} on a fresh clone of everything. */
  Invocation verify() {
    return verify("main");
  }

  /** The same with a branch checked out. */
  Invocation verify(String branch) {
    runs++;
    String name = "audit-" + runs;
    RealGit.in(home).text("clone", "-q", "-b", branch, played.servedDirectory().toString(), name);
    return Invocation.of(home, Map.of(), "verify", "--repo", name, "--json");
  }

  private String payload(String action, long number, @Nullable String merge, boolean fork) {
    JsonObject own = repository(FakeGitHub.REPOSITORY_ID, FakeGitHub.REPOSITORY);
    JsonObject head =
        Json.object()
            .put("ref", "wish-" + number)
            .put("sha", head(number))
            .put("repo", fork ? repository(99, "eve/widgets") : own)
            .build();
    JsonObject base =
        Json.object()
            .put("ref", "main")
            .put("sha", tip("refs/heads/main"))
            .put("repo", own)
            .build();
    JsonObject pullRequest =
        Json.object()
            .put("title", "Make a.txt say more")
            .put("body", Json.NULL)
            .put("user", Json.object().put("login", "ada").put("id", 1815).build())
            .put("draft", false)
            .put("number", number)
            .put("state", action.equals("closed") ? "closed" : "open")
            .put("merged", merge != null)
            .put("merge_commit_sha", Json.text(merge))
            .put("head", head)
            .put("base", base)
            .build();
    return PrettyJson.text(
        Json.object()
            .put("action", action)
            .put("number", number)
            .put("pull_request", pullRequest)
            .put("repository", own)
            .build());
  }

  private static JsonObject repository(long id, String name) {
    return Json.object()
        .put("id", id)
        .put("full_name", name)
        .put("default_branch", "main")
        .put("created_at", "2025-03-04T05:06:07Z")
        .build();
  }

  @Override
  public void close() {
    played.close();
  }

  private static String workflow(String settings) {
    return """
        workflow: widgets
        isolation: off
        trigger: {push: every}
        %s
        agents:
          - {name: anna, type: recorded, file: anna.json}
          - {name: bert, type: recorded, file: bert.json}
        """
        .formatted(settings);
  }
}
