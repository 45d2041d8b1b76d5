package dev.optr.github;

import dev.optr.base.Bytes;
import dev.optr.testing.FakeGitHub;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Every operation of every client, by name, as a run asks for it: pull request 7 from {@code topic}
 * at the fixture's head, with a comment of ours and a job of run 77.
 */
final class EveryOperation {
  static final PullRequestEvent.Repository REPOSITORY =
      new PullRequestEvent.Repository(
          FakeGitHub.REPOSITORY_ID, FakeGitHub.REPOSITORY, "main", "2025-03-04T05:06:07Z");

  static final String MARKER = "<!-- optr:sticky v1 key=optr -->";

  private EveryOperation() {}

  static void prepare(GitHubFixture fixture) {
    FakeGitHub github = fixture.github;
    github.openPullRequest(7, "topic", fixture.head);
    github.openPullRequest(8, "gone", fixture.base);
    github.pullRequests().close(8, fixture.base, GitHubFixture.NOW);
    github.comment(7, "github-actions[bot]", MARKER);
    github.comment(7, "github-actions[bot]", MARKER);
    github.people().permit("ada", "write");
  }

  /** Those that only read. */
  static Map<String, Consumer<GitHubConnection>> reading(GitHubFixture fixture) {
    Map<String, Consumer<GitHubConnection>> all = new LinkedHashMap<>();
    all.put("repository", github -> github.repositories().get());
    all.put("pull request", github -> github.pullRequests().get(7, REPOSITORY));
    all.put("open ones", github -> github.pullRequests().open());
    all.put("open for a base", github -> github.pullRequests().openFor("main"));
    all.put("open with a head", github -> github.pullRequests().openWithHead(fixture.head));
    all.put("closed ones", github -> github.pullRequests().recentlyClosed(30));
    all.put("permission", github -> github.collaborators().permission("ada"));
    all.put("branch", github -> github.gitData().branchHead("topic"));
    return all;
  }

  /** Those that write. */
  static Map<String, Consumer<GitHubConnection>> writing(GitHubFixture fixture) {
    Map<String, Consumer<GitHubConnection>> all = new LinkedHashMap<>();
    all.put(
        "status",
        github ->
            github
                .statuses()
                .set(
                    fixture.head,
                    CommitState.PENDING,
                    "optr/gate",
                    "examining",
                    GitHubFixture.runUrl()));
    all.put(
        "check run",
        github -> github.checkRuns().report(fixture.head, "optr report", "none", "| a |"));
    all.put("comment", github -> github.comments().upsert(7, MARKER, MARKER + " text"));
    all.put("first comment", github -> github.comments().upsert(9, MARKER, MARKER + " text"));
    all.put("commit", github -> github.gitData().commit(commit(fixture)));
    all.put("move", github -> github.gitData().moveBranch("main", fixture.base, fixture.head));
    all.put("branch", github -> github.gitData().createBranch("optr/new", fixture.head));
    all.put("tag", github -> github.gitData().createTag("optr/1", fixture.head));
    all.put("deletion", github -> github.gitData().deleteBranch("optr/new"));
    return all;
  }

  private static NewCommit commit(GitHubFixture fixture) {
    return new NewCommit(
        fixture.head,
        Map.of(
            "a.txt",
            TreeEdit.file(Bytes.utf8("a\n")),
            "run.sh",
            new TreeEdit.Put(Bytes.utf8("#!/bin/sh\n"), "100755"),
            "image",
            TreeEdit.file(Bytes.of(new byte[] {0, -1})),
            "README",
            new TreeEdit.Delete()),
        List.of(fixture.head, fixture.base),
        "Record a run");
  }
}
