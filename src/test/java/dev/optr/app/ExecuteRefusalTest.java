package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.ledger.Decision;
import dev.optr.testing.RealGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that {@code optr execute} refuses, each by its own word, with nothing changed. */
final class ExecuteRefusalTest {
  private static final String LEDGER = "datalake/ledger.jsonl";

  @TempDir Path directory;

  @Test
  void aHeadThatMoved() {
    try (LocalSite site = decided()) {
      site.repository().commit("Go on", Map.of("b.txt", "two\n"));

      assertRefused(site, 1, "head_moved");
    }
  }

  @Test
  void anEntryThatIsNotTheNewest() {
    try (LocalSite site = decided()) {
      String older = site.repository().head();
      assertThat(site.run("--intent", "Another wish").exit()).isZero();
      site.repository().ref("refs/heads/optr/ledger", site.repository().head());
      reset(site, older);

      assertRefused(site, 1, "not_newest");
    }
  }

  @Test
  void twoEntriesThatAreEquallyNew() {
    try (LocalSite site = decided()) {
      String one = site.repository().head();
      reset(site, one + "~");
      assertThat(site.run("--intent", "Another wish").exit()).isZero();
      site.repository().ref("refs/heads/optr/ledger", site.repository().head());
      reset(site, one);

      assertRefused(site, 1, "ambiguous");
    }
  }

  @Test
  void aLedgerThatIsNotIntact() throws IOException {
    try (LocalSite site = decided()) {
      Path ledger = site.repository().directory().resolve(LEDGER);
      String forged = Files.readString(ledger).replace("\"anna\"", "\"bert\"");
      site.repository().commit("Prefer bert", Map.of(LEDGER, forged));

      assertRefused(site, 4, "not_intact");
    }
  }

  @Test
  void anAnchorWithOtherDocumentsThanTheEntryVouchesFor() {
    try (LocalSite site = decided()) {
      RealGit git = RealGit.in(site.repository().directory());
      Path document =
          site.repository().directory().resolve("datalake/workflows/wish/agent-outputs/anna.json");
      rewrite(document, text -> text.replace("two", "six"));
      git.text(
          "-c", "user.name=x", "-c", "user.email=x@y", "commit", "-qa", "--amend", "--no-edit");

      assertRefused(site, 4, "not_intact");
    }
  }

  @Test
  void anEntryWithoutTheSignatureThatItsLedgerAsksFor() throws IOException {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      site.variable("OPTR_SIGNING_KEY", new KeyMaker(directory).key("key", 1));
      assertThat(site.run().exit()).isZero();
      Path ledger = site.repository().directory().resolve(LEDGER);
      List<String> lines = Files.readAllLines(ledger);
      String bare = lines.getLast().replaceFirst("\"sigs\":\\[.*]", "\"sigs\":[]");
      site.repository().commit("Drop it", Map.of(LEDGER, lines.getFirst() + "\n" + bare + "\n"));

      assertRefused(site, 4, "unsigned", "--allow-tofu");
    }
  }

  @Test
  void anUnsignedLedgerWhereThereIsAKey() {
    try (LocalSite site = decided()) {
      site.variable("OPTR_SIGNING_KEY", new KeyMaker(directory).key("key", 1));

      assertRefused(site, 4, "unsigned");
    }
  }

  @Test
  void changesThatDoNotGiveTheSelectedTree() {
    try (LocalSite site = decided()) {
      new ForgedAnchor(
              text ->
                  text.replace("two\\n", "six\\n")
                      .replace(
                          "f719efd430d52bcfc8566a43b2eb655688d38871",
                          "ffe2fce498955b628014618b28c6bcf152466a4a"),
              UnaryOperator.identity())
          .replace(site);
      assertThat(site.verify().exit()).isZero();

      assertRefused(site, 4, "tree_differs");
    }
  }

  @Test
  void evidenceThatGivesAnotherDecision() {
    try (LocalSite site = decided()) {
      new ForgedAnchor(UnaryOperator.identity(), ExecuteRefusalTest::bert).replace(site);
      assertThat(site.verify().exit()).isZero();

      assertRefused(site, 4, "not_intact");
    }
  }

  private static Decision bert(Decision decided) {
    String tree =
        decided.lanes().stream()
            .filter(lane -> lane.agent().equals("bert"))
            .map(Decision.Lane::tree)
            .map(String::valueOf)
            .findFirst()
            .orElseThrow();
    return new Decision(
        decided.input(),
        decided.lanes(),
        decided.outcome(),
        decided.policy(),
        "bert",
        decided.selector(),
        tree);
  }

  @Test
  void aWorkflowFileThatChangedSince() {
    try (LocalSite site = decided()) {
      site.settings("quorum: 2").arguments();

      assertRefused(site, 1, "policy_changed");
    }
  }

  @Test
  void anotherCandidateThanTheSelectedOne() {
    try (LocalSite site = decided()) {
      assertRefused(site, 1, "not_selected", "--agent", "bert");
      assertThat(site.execute("--agent", "anna").exit()).isZero();
    }
  }

  @Test
  void whatWasExecutedBefore() {
    try (LocalSite site = decided()) {
      assertThat(site.execute().exit()).isZero();

      assertRefused(site, 1, "already_executed");
    }
  }

  @Test
  void aDecisionThatSelectedNothing() {
    try (LocalSite site = LocalSite.make(directory)) {
      site.agent("anna", Recordings.decline("no"));
      assertThat(site.run().exit()).isEqualTo(1);

      assertRefused(site, 1, "nothing_selected");
    }
  }

  @Test
  void aWorkflowFileThatForbidsIt() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      site.settings("execute: never");
      assertThat(site.run().exit()).isZero();

      assertRefused(site, 1, "never");
    }
  }

  @Test
  void aRepositoryWithoutALedger() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      site.arguments();

      assertRefused(site, 5, "not_intact");
    }
  }

  @Test
  void aSignedLedgerThatNothingVouchesFor() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      site.variable("OPTR_SIGNING_KEY", new KeyMaker(directory).key("key", 1));
      assertThat(site.run().exit()).isZero();

      assertRefused(site, 5, "not_intact");
    }
  }

  private LocalSite decided() {
    LocalSite site = LocalSite.withTwoGoodAgents(directory);
    Invocation run = site.run();
    assertThat(run.exit()).as(run.err()).isZero();
    return site;
  }

  private static void assertRefused(LocalSite site, int exit, String refusal, String... more) {
    String head = site.repository().head();
    List<String> uncommitted = site.repository().uncommitted();
    List<String> arguments = new java.util.ArrayList<>(List.of(more));
    arguments.add("--json");

    Invocation refused = site.execute(arguments.toArray(String[]::new));

    assertThat(refused.document().text("refusal")).as(refused.out()).isEqualTo(refusal);
    assertThat(refused.exit()).as(refused.out()).isEqualTo(exit);
    assertThat(refused.document().text("message")).isNotBlank();
    assertThat(site.repository().head()).isEqualTo(head);
    assertThat(site.repository().uncommitted()).isEqualTo(uncommitted);
  }

  private static void reset(LocalSite site, String commit) {
    RealGit.in(site.repository().directory()).text("reset", "-q", "--hard", commit);
  }

  private static void rewrite(Path file, UnaryOperator<String> change) {
    try {
      Files.writeString(file, change.apply(Files.readString(file)));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
