package dev.optr.testing;

import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonReader;
import dev.optr.base.PrettyJson;
import dev.optr.git.GitRepository;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * The played pull request while things happen to it, one event after the other. Its author and
 * those who merge it work by the git program.
 */
public final class PlayedLife implements AutoCloseable {
  private static final long NUMBER = 7;
  private static final String BRANCH = "topic";

  private final Path home;
  private final PlayedPullRequest played;
  private final RealGit person;
  private String main;
  private int runs;

  private PlayedLife(Path home, PlayedPullRequest played) {
    this.home = home;
    this.played = played;
    this.main = played.base();
    RealGit.in(home).text("clone", "-q", played.servedDirectory().toString(), "person");
    this.person = RealGit.in(home.resolve("person"));
    person.text("config", "user.name", "Ada");
    person.text("config", "user.email", "ada@example.org");
    played.gitHub().people().permit("ada", "write");
  }

  /**
   * @param settings more lines of the workflow file
   */
  public static PlayedLife start(Path home, String settings) {
    return new PlayedLife(home, PlayedPullRequest.startWith(home.resolve("played"), settings));
  }

  public PlayedPullRequest played() {
    return played;
  }

  /** How often an agent was asked so far. */
  public int asked() {
    return played.providerServer().getAllServeEvents().size();
  }

  /** The commit that the pull request is on. */
  public String head() {
    return played.head();
  }

  /** GitHub moves the pull request's head with its branch. */
  public void follow() {
    played.headIs(tip(BRANCH));
  }

  /** The author adds a file and pushes; gives the commit. */
  public String push(String path, String text) {
    person.text("fetch", "-q", "origin");
    person.text("checkout", "-q", "-B", BRANCH, "origin/" + BRANCH);
    try (TempRepo work = TempRepo.open(home.resolve("person"))) {
      String commit = work.commit("Add " + path, Map.of(path, text));
      person.text("push", "-q", "origin", BRANCH);
      played.headIs(commit);
      return commit;
    }
  }

  /** Somebody merges, as the button does it; gives what main is on then. */
  public String merge(boolean squash) {
    person.text("fetch", "-q", "origin");
    person.text("checkout", "-q", "-B", "main", "origin/main");
    if (squash) {
      person.text("merge", "-q", "--squash", "origin/" + BRANCH);
      person.text("commit", "-q", "-m", "Say more (#7)");
    } else {
      person.text("merge", "-q", "--no-ff", "-m", "Merge pull request #7", "origin/" + BRANCH);
    }
    person.text("push", "-q", "origin", "main");
    String merge = tip("main");
    played.gitHub().pullRequests().close(NUMBER, merge, Instant.parse("2026-11-23T10:00:00Z"));
    return merge;
  }

  /** What many repositories do after a merge; {@code refs/pull/7/head} stays. */
  public void deleteBranch() {
    person.text("push", "-q", "origin", ":refs/heads/" + BRANCH);
  }

  /** What a branch is on. */
  public String tip(String branch) {
    try (GitRepository served = played.served()) {
      return served
          .resolve("refs/heads/" + branch)
          .orElseThrow(() -> new AssertionError("no branch " + branch));
    }
  }

  /** Text of a file of a branch or commit; empty where there is none. */
  public String file(String revision, String path) {
    try (GitRepository served = played.served()) {
      return served
          .resolve(revision)
          .flatMap(commit -> served.file(commit, path))
          .map(bytes -> bytes.utf8())
          .orElse("");
    }
  }

  /** A clone of everything that has a branch, by the git program. */
  public Path cloned(String name) {
    RealGit.in(home).text("clone", "-q", "--no-local", served(), name);
    return home.resolve(name);
  }

  private String served() {
    return played.servedDirectory().toString();
  }

  /** A runner for {@code pull_request}, with the pull request as GitHub answers it now. */
  public Runner pullRequest(String action) {
    try {
      return runner()
          .event(
              "pull_request",
              PrettyJson.text(
                  Json.object()
                      .put("action", action)
                      .put("number", NUMBER)
                      .put(
                          "pull_request",
                          JsonReader.read(played.gitHub().pullRequests().text(NUMBER)))
                      .put("repository", Payloads.repository())
                      .build()));
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }

  /** A runner for a comment by somebody who may write. */
  public Runner comment(String body) {
    return runner()
        .event(
            "issue_comment",
            Payloads.comment(NUMBER, 100 + runs, "ada", "User", body, "created", true));
  }

  /** A runner for a push to main. */
  public Runner pushed(String after) {
    String before = main;
    main = after;
    return runner().event("push", Payloads.push("main", before, after));
  }

  public Runner schedule() {
    return runner().event("schedule", "{\"schedule\": \"17 4 * * *\"}");
  }

  private Runner runner() {
    runs++;
    return played
        .runner("runner-" + runs)
        .variable("GITHUB_RUN_ID", String.valueOf(9_000_000_000L + runs));
  }

  @Override
  public void close() {
    played.close();
  }
}
