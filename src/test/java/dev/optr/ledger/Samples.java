package dev.optr.ledger;

import dev.optr.base.Bytes;
import dev.optr.base.Digest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs to append. */
final class Samples {
  static final RepositoryId GITHUB = new RepositoryId("github.com", 42, "octo/lake");
  static final String CREATED = "2020-02-03T04:05:06Z";
  static final Instant NOON = Instant.parse("2026-05-01T12:00:00.789Z");
  static final String TREE = "1".repeat(40);
  static final String HEAD = "a".repeat(40);

  private Samples() {}

  /** A run of a pull request on GitHub. */
  static RunEvent pullRequest(int number, long runId) {
    return event(GITHUB, CREATED, new PullRequestRef(number, "main", "b".repeat(40), HEAD), runId);
  }

  /** A run on somebody's machine. */
  static RunEvent local(long runId) {
    return event(RepositoryId.local("demo"), null, null, runId);
  }

  static RunEvent event(
      RepositoryId repo, @Nullable String createdAt, @Nullable PullRequestRef pr, long runId) {
    return new RunEvent(
        repo,
        createdAt,
        pr,
        new WorkflowRun(runId, 1, "pull_request", ".github/workflows/optr.yml", "octo-user"),
        decision(),
        List.of(),
        List.of(
            file("datalake/workflows/w/optr-selection.json"),
            file("datalake/workflows/w/intent.json")),
        new Tool("optr", "0.1.0"));
  }

  static Decision decision() {
    return new Decision(
        Digest.sha256(new byte[] {1}),
        List.of(
            new Decision.Lane("claude", "proposed", TREE),
            new Decision.Lane("codex", "failed", null)),
        "selected",
        Digest.sha256(new byte[] {2}),
        "claude",
        "select_optr",
        TREE);
  }

  static RecordedFile file(String path) {
    Bytes content = content(path);
    return new RecordedFile(path, "100644", content.sha256(), content.size());
  }

  static Bytes content(String path) {
    return Bytes.utf8(
        path.endsWith("intent.json") ? "{\"commit\":\"" + HEAD + "\"}\n" : "content of " + path);
  }
}
