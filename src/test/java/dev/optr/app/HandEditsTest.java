package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.git.GitRepository;
import dev.optr.ledger.LedgerVerifier;
import dev.optr.ledger.Verification;
import dev.optr.ledger.VerifyOptions;
import dev.optr.testing.TempRepo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a branch whose first commit is a decision of a local run. */
final class HandEditsTest {
  private static final String INTENT = "datalake/workflows/wish/intent.json";
  private static final String ATTRIBUTES = "datalake/.gitattributes";

  @TempDir private Path directory;

  @Test
  void findsNothingWhereRunsAloneWrote() {
    try (Site site = new Site(directory)) {
      assertThat(site.edits()).isEmpty();
      site.commit("Work on", Map.of("b.txt", "more\n"));
      assertThat(site.edits()).isEmpty();
    }
  }

  @Test
  void namesADocumentThatWasChangedAddedOrDeleted() {
    try (Site site = new Site(directory)) {
      site.commit("Forge", Map.of(INTENT, "{}\n", "datalake/extra.json", "{}\n"));
      site.repo.delete("Hide", "datalake/workflows/wish/history.json");
      assertThat(site.edits())
          .containsExactly(
              "datalake/extra.json was added",
              "datalake/workflows/wish/history.json was deleted",
              INTENT + " was changed");
    }
  }

  @Test
  void forgivesWhatWasPutBack() {
    try (Site site = new Site(directory)) {
      String before = site.text(INTENT);
      site.commit("Forge", Map.of(INTENT, "{}\n"));
      site.commit("Put it back", Map.of(INTENT, before));
      assertThat(site.edits()).isEmpty();
    }
  }

  @Test
  void doesNotBelieveTrailersThatSomebodyCopied() {
    try (Site site = new Site(directory)) {
      String message = site.message();
      site.commit(message, Map.of(INTENT, "{}\n", ATTRIBUTES, "* text\n"));
      assertThat(site.edits())
          .containsExactly(ATTRIBUTES + " was changed", INTENT + " was changed");
    }
  }

  @Test
  void takesTheAttributesThatAnExecutedCommitBringsWhereAnchorsAreElsewhere() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory).settings("anchor: side-branch")) {
      assertThat(site.run().exit()).isZero();
      String base = site.repository().head();
      assertThat(site.execute().exit()).isZero();
      String head = site.repository().head();
      try (GitRepository git = site.repository().repository()) {
        assertThat(git.changedPaths(head)).contains(ATTRIBUTES);
        Verification ledger = VerifyCommand.verify(git, VerifyOptions.standard());
        assertThat(HandEdits.of(git, base, head, ledger.entries())).isEmpty();
      }
    }
  }

  @Test
  void countsLedgerLinesThatWentMissing() {
    try (Site site = new Site(directory)) {
      List<String> lines = new ArrayList<>(site.text("datalake/ledger.jsonl").lines().toList());
      lines.removeLast();
      site.commit("Forget", Map.of("datalake/ledger.jsonl", String.join("\n", lines) + "\n"));
      assertThat(site.edits()).contains("1 ledger lines were deleted", INTENT + " was added");
    }
  }

  @Test
  void takesWhatTheBaseBroughtByAMerge() {
    try (Site site = new Site(directory)) {
      site.repo.checkout("start");
      String base = site.commit("From elsewhere", Map.of("datalake/workflows/x/intent.json", "{}"));
      site.repo.checkout("topic");
      String merge = site.repo.merge("Update the branch", "start");
      assertThat(HandEdits.of(site.git, base, merge, site.verified().entries())).isEmpty();
      assertThat(HandEdits.of(site.git, site.base, merge, site.verified().entries()))
          .containsExactly("datalake/workflows/x/intent.json was added");
    }
  }

  private static final class Site implements AutoCloseable {
    private final LocalSite site;
    private final TempRepo repo;
    private final GitRepository git;
    private final String base;

    Site(Path directory) {
      site = LocalSite.withTwoGoodAgents(directory);
      Invocation run = site.run();
      assertThat(run.exit()).as(run.err()).isZero();
      repo = site.repository();
      git = repo.repository();
      base = git.parents(repo.head()).getFirst();
      repo.ref("refs/heads/start", base);
      repo.branch("topic");
      repo.checkout("topic");
    }

    String commit(String message, Map<String, String> files) {
      return repo.commit(message, files);
    }

    String text(String path) {
      return git.file(repo.head(), path).orElseThrow().utf8();
    }

    String message() {
      return git.message(repo.head());
    }

    Verification verified() {
      return new LedgerVerifier()
          .verify(RunLedger.at(git, repo.head()), VerifyOptions.standard().allowingTofu());
    }

    List<String> edits() {
      return HandEdits.of(git, base, repo.head(), verified().entries());
    }

    @Override
    public void close() {
      git.close();
      site.close();
    }
  }
}
