package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where {@code optr run} must not run: nobody is asked, nothing is written, the way out is said.
 */
final class RunRefusalTest {
  @TempDir Path directory;

  @Test
  void refusesADetachedHead() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      site.repository().checkout(site.repository().head());

      assertRefused(site, site.run(), 2, "HEAD is detached", "--no-commit");

      assertThat(site.run("--no-commit").exit()).isZero();
    }
  }

  @Test
  void refusesABaseOtherThanHeadUnlessNothingIsCommitted() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      String first = site.repository().head();
      site.repository().commit("Second", Map.of("c.txt", "c\n"));

      assertRefused(site, site.run("--base", first), 2, "--base: '" + first, "--no-commit");
      assertRefused(site, site.run("--base", "nowhere"), 2, "--base: 'nowhere' names no commit");
    }
  }

  @Test
  void refusesAnAgentThatIsNotConfigured() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      assertRefused(site, site.run("--agents", "anna,carl"), 2, "--agents", "carl", "anna, bert");
    }
  }

  @Test
  void refusesToRunWithoutAWorkflowFile() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      Invocation nowhere =
          Invocation.of(site.repository().directory(), site.environment(), "run", "--intent", "x");
      assertRefused(
          site, nowhere, 2, ".github/workflow-optr.yaml", "workflow-optr.yaml", "--workflow");

      Invocation absent = site.run("--workflow", "absent.yaml");
      assertThat(absent.exit()).isEqualTo(2);
    }
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory.resolve("other"))) {
      Invocation absent =
          Invocation.of(
              site.home(),
              site.environment(),
              "run",
              "--repo",
              "repository",
              "--workflow",
              "absent.yaml",
              "--intent",
              "x");
      assertRefused(site, absent, 2, "absent.yaml: there is no such file");
    }
  }

  @Test
  void refusesADirectoryThatIsNoRepository() {
    Invocation run = Invocation.of(directory, Map.of(), "run", "--intent", "x");

    assertThat(run.exit()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(directory.toString());
    assertThat(run.out()).isEmpty();
  }

  @Test
  void refusesARepositoryWithoutACommit() {
    dev.optr.git.GitRepository.init(directory, dev.optr.base.Checkpoint.NONE).close();

    Invocation run = Invocation.of(directory, Map.of(), "run", "--intent", "x");

    assertThat(run.exit()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains("names no commit");
  }

  @Test
  void refusesARunWithoutAnIntent() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      assertRefused(site, site.run("--intent", "  "), 2, "--intent");
    }
  }

  @Test
  void refusesOptionsThatAreNone() {
    Invocation unknown = Invocation.of(directory, Map.of(), "run", "--intnt", "x");
    assertThat(unknown.exit()).isEqualTo(2);
    assertThat(unknown.err()).contains("--intnt", "--intent");
    assertThat(Invocation.of(directory, Map.of(), "fly").exit()).isEqualTo(2);
    assertThat(Invocation.of(directory, Map.of()).exit()).isEqualTo(2);
  }

  @Test
  void refusesARecordingThatIsNone() {
    try (LocalSite site = LocalSite.make(directory).agent("anna", "{\"tool\": \"submit\"}")) {
      assertRefused(site, site.run(), 2, "anna.json");
    }
  }

  @Test
  void buildsOnNoLedgerThatWasTamperedWith() {
    assertTampered(directory.resolve("flip"), text -> text.replace("\"anna\"", "\"anne\""));
    assertTampered(directory.resolve("cut"), text -> text.substring(0, text.indexOf('\n') + 9));
    assertTampered(
        directory.resolve("repeated"), text -> text + text.substring(text.indexOf('\n') + 1));
    assertTampered(directory.resolve("bytes"), text -> text + "\u0000\uFFFD\n");
  }

  private static void assertTampered(Path home, UnaryOperator<String> tampering) {
    try (LocalSite site = LocalSite.withTwoGoodAgents(home)) {
      assertThat(site.run().exit()).isZero();
      String before = site.read("datalake/ledger.jsonl");
      site.repository().commit("Tamper", Map.of("datalake/ledger.jsonl", tampering.apply(before)));

      Invocation run = site.run("--intent", "Another wish");

      assertThat(run.err()).contains("the ledger is not intact", "E_");
      assertThat(run.err()).doesNotContain("Exception");
      String head = site.repository().head();
      assertThat(run.exit()).as(run.err()).isEqualTo(4);
      assertThat(run.err()).doesNotContain(": asked");
      assertThat(run.out()).isEmpty();
      assertThat(site.repository().head()).isEqualTo(head);
      assertThat(site.repository().uncommitted()).isEmpty();
    }
  }

  private static void assertRefused(LocalSite site, Invocation run, int exit, String... said) {
    assertThat(run.exit()).as(run.err()).isEqualTo(exit);
    assertThat(run.err()).contains(said).startsWith("optr: ");
    assertThat(run.err()).doesNotContain(": asked");
    assertThat(run.out()).isEmpty();
    assertThat(site.repository().uncommitted()).isEmpty();
    assertThat(site.has("datalake")).isFalse();
  }
}
