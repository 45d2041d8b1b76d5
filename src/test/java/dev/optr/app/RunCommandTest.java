package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.optr.base.JsonObject;
import dev.optr.testing.Schemas;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code optr run} decides, prints and leaves behind. */
final class RunCommandTest {
  private static final String DIRTY =
      "the work tree differs from HEAD: the agents saw HEAD, not your changes";

  @TempDir Path directory;

  @Test
  void commitsASelectedPathsRecordAndPrintsOneDocument() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      String before = site.repository().head();

      Invocation run = site.run("--json");

      assertThat(run.exit()).as(run.err()).isZero();
      JsonObject document = valid(run);
      assertThat(document.text("outcome")).isEqualTo("selected");
      assertThat(document.text("selected")).isEqualTo("anna");
      assertThat(document.text("anchor")).isEqualTo(site.repository().head()).isNotEqualTo(before);
      assertThat(Invocation.objects(document, "candidates"))
          .extracting(candidate -> candidate.text("agent"))
          .containsExactly("anna", "bert");
      assertThat(site.read("a.txt")).isEqualTo("one\n");
      assertThat(site.has("datalake/workflows/wish/agent-outputs/bert.json")).isTrue();
      assertThat(site.repository().uncommitted()).isEmpty();
      assertThat(site.verify().exit()).isZero();
    }
  }

  @Test
  void printsOneDocumentAlsoWhereNothingWasDecided() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      Invocation run = site.run("--base", "nowhere", "--json");

      assertThat(run.exit()).isEqualTo(2);
      JsonObject document = valid(run);
      assertThat(document.text("outcome")).isEqualTo("failed");
      assertThat(document.integer("exit")).isEqualTo(2);
      assertThat(run.err()).contains("--base: 'nowhere'");
    }
  }

  @Test
  void saysThatNoPathIsAdmissible() {
    try (LocalSite site =
        LocalSite.make(directory)
            .agent("anna", Recordings.rewrite("a.txt", "two\n"))
            .agent("bert", Recordings.decline("It is good as it is."))
            .settings("invariants: [{id: never, run: 'false'}]")) {
      Invocation run = site.run("--json");

      assertThat(run.exit()).as(run.err()).isEqualTo(1);
      JsonObject document = valid(run);
      assertThat(document.text("outcome")).isEqualTo("none_admissible");
      assertThat(Invocation.isNull(document, "selected")).isTrue();
      JsonObject path = Invocation.objects(document, "candidates").getFirst();
      assertThat(path.isTrue("admissible")).isFalse();
      assertThat(Invocation.objects(path, "whyNot"))
          .extracting(denial -> denial.text("code"), denial -> denial.text("rule"))
          .containsExactly(tuple("INVARIANT_VIOLATION", "never"));
      assertThat(document.text("anchor")).isEqualTo(site.repository().head());
    }
  }

  @Test
  void tellsAnOutageFromARefusalWhereTheQuorumIsMissed() {
    assertQuorumMissed("TIMEOUT", 3);
    assertQuorumMissed("REFUSED", 1);
  }

  private void assertQuorumMissed(String code, int exit) {
    try (LocalSite site =
        LocalSite.make(directory.resolve(code)).agent("anna", Recordings.fail(code))) {
      Invocation run = site.run("--json");

      assertThat(run.exit()).as(run.err()).isEqualTo(exit);
      JsonObject document = valid(run);
      assertThat(document.text("outcome")).isEqualTo("quorum_missed");
      JsonObject lane = Invocation.objects(document, "lanes").getFirst();
      assertThat(lane.text("code")).isEqualTo(code);
    }
  }

  @Test
  void printsATableForPeople() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      Invocation run = site.run();

      assertThat(run.out())
          .contains("OPTR selected anna: 2 of 2 paths admissible")
          .contains("head   your own commit")
          .contains("anchor        " + site.repository().head());
      assertThat(run.err()).contains("anna: asked", "bert: examined");
    }
  }

  @Test
  void leavesHeadAloneWithNoCommit() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      String before = site.repository().head();

      Invocation run = site.run("--no-commit", "--json");

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(site.repository().head()).isEqualTo(before);
      assertThat(Invocation.isNull(valid(run), "anchor")).isTrue();
      assertThat(site.read("datalake/workflows/wish/optr-selection.json")).contains("\"anna\"");
      assertThat(site.repository().uncommitted()).allMatch(path -> path.startsWith("datalake/"));
    }
  }

  @Test
  void saysThatTheWorkTreeDiffersOnlyWhereTheUserChangedIt() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      assertThat(site.run().out()).doesNotContain(DIRTY);
      assertThat(site.run("--no-commit", "--intent", "Another wish").out()).doesNotContain(DIRTY);
    }
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory.resolve("dirty"))) {
      site.repository().write("b.txt", "mine\n");

      assertThat(site.run().out()).contains(DIRTY);

      assertThat(site.read("b.txt")).isEqualTo("mine\n");
    }
  }

  @Test
  void keepsStagedAndUnstagedChangesOutOfTheCommit() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      site.repository().write("a.txt", "staged\n");
      site.repository().stage("a.txt");
      site.repository().write("b.txt", "unstaged\n");
      site.repository().write("new.txt", "untracked\n");
      String frozen = site.repository().head();

      assertThat(site.run().exit()).isZero();

      assertThat(site.repository().uncommitted()).containsExactly("a.txt", "b.txt", "new.txt");
      try (var git = site.repository().repository()) {
        String head = site.repository().head();
        assertThat(git.treeWithoutDatalake(head)).isEqualTo(git.treeWithoutDatalake(frozen));
        assertThat(git.changedPaths(head)).allMatch(path -> path.startsWith("datalake/"));
      }
      assertThat(site.read("a.txt")).isEqualTo("staged\n");
    }
  }

  @Test
  void recordsNoEntryWhereTheLedgerIsDisabled() {
    try (LocalSite site =
        LocalSite.withTwoGoodAgents(directory).settings("ledger: {mode: disabled}")) {
      String before = site.repository().head();

      Invocation run = site.run("--json");

      assertThat(run.exit()).as(run.err()).isZero();
      JsonObject document = valid(run);
      assertThat(document.text("outcome")).isEqualTo("selected");
      assertThat(Invocation.isNull(document, "ledgerEntry")).isTrue();
      assertThat(Invocation.isNull(document, "anchor")).isTrue();
      assertThat(site.repository().head()).isEqualTo(before);
      assertThat(site.has("datalake/workflows/wish/optr-selection.json")).isTrue();
      assertThat(site.has("datalake/ledger.jsonl")).isFalse();
    }
  }

  @Test
  void stopsASerialRunAtTheFirstAdmissiblePath() {
    try (LocalSite site =
        LocalSite.make(directory)
            .agent("anna", Recordings.rewrite(".github/workflows/ci.yml", "on: push\n"))
            .agent("bert", Recordings.rewrite("a.txt", "two\n"))
            .agent("cleo", Recordings.rewrite("a.txt", "three\n"))
            .settings("execution: serial\nserial: {stop: first-admissible}")) {
      Invocation run = site.run("--json");

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.document().text("selected")).isEqualTo("bert");
      assertThat(Invocation.objects(valid(run), "lanes"))
          .extracting(lane -> lane.text("outcome"))
          .containsExactly("proposed", "proposed", "not_asked");
      assertThat(run.err()).doesNotContain("cleo: asked");
      assertThat(site.read("datalake/workflows/wish/agent-outputs/cleo.json"))
          .contains("\"not_asked\"");
    }
  }

  @Test
  void asksOnlyTheAgentsThatAreNamed() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      Invocation run = site.run("--agents", "bert", "--json");

      assertThat(run.exit()).isZero();
      assertThat(run.document().text("selected")).isEqualTo("bert");
      assertThat(run.err()).doesNotContain("anna: asked");
    }
  }

  @Test
  void asksNobodyTwiceOnOneInput() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      Invocation first = site.run("--json");
      String anchor = site.repository().head();

      Invocation second = site.run("--json");

      assertThat(second.exit()).as(second.err()).isZero();
      assertThat(second.err()).doesNotContain(": asked");
      assertThat(second.out()).isEqualTo(first.out());
      assertThat(site.repository().head()).isEqualTo(anchor);

      Invocation again = site.run("--json", "--again");

      assertThat(again.err()).contains("anna: asked");
      assertThat(site.repository().head()).isNotEqualTo(anchor);
    }
  }

  @Test
  void printsAPlanAndChangesNothing() throws Exception {
    try (LocalSite site =
        LocalSite.withTwoGoodAgents(directory).settings("invariants: [{id: ok, run: 'true'}]")) {
      String before = site.repository().head();

      Invocation plan = site.run("--dry-run");

      assertThat(plan.exit()).as(plan.err()).isZero();
      assertThat(plan.out())
          .contains("frozen commit: " + before, "lane anna: can be asked", "check ok: would run")
          .contains("largest cost: ");
      assertThat(plan.err()).doesNotContain(": asked");
      assertThat(site.repository().head()).isEqualTo(before);
      assertThat(site.repository().uncommitted()).isEmpty();
      try (var left = Files.list(directory.resolve("repository/.git"))) {
        assertThat(left).noneMatch(file -> file.endsWith("optr"));
      }
    }
  }

  @Test
  void findsTheWorkflowFileInTheRepository() {
    try (LocalSite site = LocalSite.make(directory)) {
      site.repository()
          .commit(
              "Add a workflow",
              Map.of(
                  ".github/workflow-optr.yaml",
                  "isolation: best-effort\nagents: [{name: anna, type: recorded, file: a.json}]\n",
                  ".github/a.json",
                  Recordings.rewrite("a.txt", "two\n")));

      Invocation run =
          Invocation.of(
              site.repository().directory(),
              site.environment(),
              "run",
              "--intent",
              "Say more",
              "--json");

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.document().text("datalake")).isEqualTo("datalake/workflows/optr");
    }
  }

  @Test
  void examinesTheCommitThatBaseNames() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      String first = site.repository().head();
      site.repository().commit("Second", Map.of("c.txt", "c\n"));

      Invocation run = site.run("--base", first, "--no-commit");

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(site.read("datalake/workflows/wish/intent.json")).contains(first);
    }
  }

  private static JsonObject valid(Invocation run) {
    Schemas.assertValid("run-result", run.out());
    JsonObject document = run.document();
    assertThat(document.integer("exit")).isEqualTo(run.exit());
    assertThat(List.copyOf(document.members().keySet()))
        .containsExactly(
            "outcome",
            "selected",
            "admissible",
            "ttvEstimate",
            "tree",
            "lanes",
            "candidates",
            "datalake",
            "ledgerEntry",
            "anchor",
            "exit");
    return document;
  }
}
