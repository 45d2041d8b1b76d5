package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.JsonObject;
import dev.optr.testing.RealGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code optr verify --deployable}: which commits a deploy job may go on with. */
final class DeployableTest {
  private static final String HOLDS = "invariants: [{id: sound, run: 'grep -q one b.txt'}]";
  private static final String FAILS_ON_HEAD = "invariants: [{id: sound, run: 'grep -q two a.txt'}]";

  @TempDir Path directory;

  @Test
  void aFrozenCommitThatWasFoundAdmissibleAndItsAnchor() {
    try (LocalSite site = decided(HOLDS)) {
      assertAsked(site, "HEAD", 0, "head");
      assertAsked(site, "HEAD~", 0, "head");
    }
  }

  @Test
  void notAFrozenCommitThatWasFoundWanting() {
    try (LocalSite site = decided(FAILS_ON_HEAD)) {
      JsonObject asked = assertAsked(site, "HEAD~", 1, null);
      assertThat(asked.text("reason")).contains("not admissible");
    }
  }

  @Test
  void anExecutedCommitWhoseHeadWasFoundWanting() {
    try (LocalSite site = decided(FAILS_ON_HEAD)) {
      assertThat(site.execute().exit()).isZero();

      assertAsked(site, "HEAD", 0, "execution");
      assertAsked(site, "HEAD~", 1, null);
    }
  }

  @Test
  void aSquashMergeOfTheSameTree() {
    try (LocalSite site = decided(FAILS_ON_HEAD)) {
      assertThat(site.execute().exit()).isZero();
      RealGit git = git(site);
      git.text("checkout", "-q", "-b", "release", "HEAD~2");
      git.text("merge", "-q", "--squash", "main");
      commit(git, "Say more (#7)");
      git.text("branch", "-q", "-D", "main");

      assertAsked(site, "HEAD", 0, "execution");
    }
  }

  @Test
  void notACommitThatNobodyExamined() {
    try (LocalSite site = decided(HOLDS)) {
      site.repository().commit("Slip in", Map.of("c.txt", "three\n"));

      JsonObject asked = assertAsked(site, "HEAD", 1, null);
      assertThat(asked.text("reason")).contains("no intact entry");
      assertThat(site.verify("--deployable", "HEAD").out()).contains("NOT DEPLOYABLE: ");
    }
  }

  @Test
  void notAnExecutionThatWasTakenBack() {
    try (LocalSite site = decided(FAILS_ON_HEAD)) {
      assertThat(site.execute().exit()).isZero();
      String executed = site.repository().head();
      assertThat(site.execute("--undo").exit()).isZero();

      assertAsked(site, executed, 1, null);
    }
  }

  @Test
  void nothingWhereTheLedgerWasTamperedWith() throws IOException {
    try (LocalSite site = decided(HOLDS)) {
      Path ledger = site.repository().directory().resolve("datalake/ledger.jsonl");
      String forged = Files.readString(ledger).replace("\"anna\"", "\"bert\"");
      site.repository().commit("Prefer bert", Map.of("datalake/ledger.jsonl", forged));

      assertThat(site.verify("--deployable", "HEAD~").exit()).isEqualTo(4);
    }
  }

  @Test
  void nothingInAShallowClone() {
    try (LocalSite site = decided(HOLDS)) {
      git(site)
          .text(
              "clone",
              "-q",
              "--depth",
              "1",
              site.repository().directory().toUri().toString(),
              directory.resolve("shallow").toString());

      Invocation asked =
          Invocation.of(directory.resolve("shallow"), Map.of(), "verify", "--deployable", "HEAD~");

      assertThat(asked.exit()).as(asked.out() + asked.err()).isEqualTo(5);
    }
  }

  @Test
  void nothingOfACommitThatIsNotHere() {
    try (LocalSite site = decided(HOLDS)) {
      assertThat(site.verify("--deployable", "0".repeat(40)).exit()).isEqualTo(5);
    }
  }

  @Test
  void theNewestEvidenceWhereTwoRunsExaminedOneTree() {
    try (LocalSite site = decided(HOLDS)) {
      site.replaceSettings(HOLDS, FAILS_ON_HEAD);
      assertThat(site.run("--intent", "Another wish").exit()).isZero();

      assertAsked(site, "HEAD", 1, null);
      assertAsked(site, "HEAD~2", 1, null);
    }
  }

  @Test
  void needsARepository() {
    assertThat(
            Invocation.of(directory, Map.of(), "verify", "--ledger", "x", "--deployable", "HEAD")
                .exit())
        .isEqualTo(2);
  }

  private LocalSite decided(String settings) {
    LocalSite site = LocalSite.withTwoGoodAgents(directory).settings(settings);
    Invocation run = site.run();
    assertThat(run.exit()).as(run.err()).isZero();
    return site;
  }

  private static JsonObject assertAsked(
      LocalSite site, String commit, int exit, @org.jspecify.annotations.Nullable String by) {
    Invocation asked = site.verify("--deployable", commit, "--json");
    JsonObject deployable = asked.document().object("deployable");
    assertThat(asked.exit()).as(asked.out()).isEqualTo(exit);
    assertThat(deployable.text("by")).as(asked.out()).isEqualTo(by);
    assertThat(asked.document().integer("exit")).isEqualTo(exit);
    return deployable;
  }

  private static RealGit git(LocalSite site) {
    return RealGit.in(site.repository().directory());
  }

  private static void commit(RealGit git, String message) {
    List<String> command = new ArrayList<>(List.of("-c", "user.name=x", "-c", "user.email=x@y"));
    command.addAll(List.of("commit", "-q", "-m", message));
    git.text(command.toArray(String[]::new));
  }
}
