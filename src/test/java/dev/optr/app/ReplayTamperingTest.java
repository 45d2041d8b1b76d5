package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.PrettyJson;
import dev.optr.ledger.Decision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a forger writes into an unsigned ledger together with documents that go with it: {@code optr
 * verify} has nothing against it, {@code optr replay} has.
 */
final class ReplayTamperingTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          workflow-optr.yaml     | workflow: wish           | workflow: wish # so      | input
          intent.json            | say more                 | say less                 | input
          history.json           | "table": []              | "table": [{"p": 1}]      | read
          history.json           | "v": 1                   | "v": 2                   | read
          anna.json              | two\\n                   | six\\n                   | trees
          anna.json              | "result": "held"         | "result": "broken"       | read
          anna.json              | "admissible": true       | "admissible": false      | read
          anna.json              | "usd": 0                 | "usd": 9                 | documents
          anna.json              | "outcome": "proposed"    | "outcome": "declined"    | read
          bert.json              | three                    | trois                    | trees
          anna.transcript.jsonl  | submit_path              | submit_cash              | read
          optr-selection.json    | "rank": 2                | "rank": 3                | documents
          optr-selection.json    | "selectorVersion": "     | "selectorVersion": "0    | -
          optr-selection.json    | "selected": "anna"       | "selected": "bert"       | read
          optr-selection.json    | "isolation": "           | "isolation": "very       | read
          optr-selection.json    | "selector": "select_optr"| "selector":  "select_optr"| read
          """)
  void namesTheStepThatDiffers(String document, String words, String others, String step) {
    try (LocalSite site = decided()) {
      forge(
          site,
          (path, text) -> path.endsWith("/" + document) ? replaced(text, words, others) : text,
          UnaryOperator.identity());

      Invocation replayed = replay(site, "--json");

      boolean undecided = step.equals("-");
      assertThat(replayed.exit()).as(replayed.out()).isEqualTo(undecided ? 5 : 4);
      JsonObject decision = Invocation.objects(replayed.document(), "decisions").getFirst();
      assertThat(decision.text("step")).as(replayed.out()).isEqualTo(undecided ? null : step);
      if (!undecided) {
        // The digest of a transcript is in its lane's document.
        assertThat(decision.array("differences").toString())
            .contains(document.replace(".transcript.jsonl", ".json"));
      }
    }
  }

  @Test
  void findsAnEntryThatSaysAnotherSelectionThanItsDocuments() {
    try (LocalSite site = decided()) {
      forge(site, (_, text) -> text, ReplayTamperingTest::bert);

      Invocation replayed = replay(site);

      assertThat(replayed.exit()).isEqualTo(4);
      assertThat(replayed.out())
          .contains("at selection: selected: the recorded evidence gives 'anna', the entry has")
          .endsWith("DIFFERS: 1 of 1 decisions\n");
    }
  }

  @Test
  void findsAnotherSelectionHoweverWellEverythingGoesWithIt() {
    try (LocalSite site = decided()) {
      String bert = site.read("datalake/workflows/wish/agent-outputs/bert.json");
      String alone = alone();
      forge(
          site,
          (path, text) -> path.endsWith("/optr-selection.json") ? of(bert, alone, text) : text,
          ReplayTamperingTest::bert);

      Invocation replayed = replay(site);

      assertThat(replayed.exit()).as(replayed.out()).isEqualTo(4);
      assertThat(replayed.out()).contains("at selection: selected: ");
    }
  }

  @Test
  void findsAnotherInputAndOtherLanesInTheEntry() {
    try (LocalSite site = decided()) {
      forge(site, (_, text) -> text, ReplayTamperingTest::otherInput);
      assertThat(replay(site).out()).contains("at input: datalake/workflows/wish/intent.json");
    }
  }

  @Test
  void goesOnWithTheOthersWhereOneDiffers() {
    try (LocalSite site = decided()) {
      forge(site, (_, text) -> text, ReplayTamperingTest::bert);
      assertThat(site.run("--intent", "Another wish").exit()).isZero();

      Invocation replayed = replay(site, "--all");

      assertThat(replayed.exit()).as(replayed.out()).isEqualTo(4);
      assertThat(replayed.out())
          .startsWith("differs ")
          .contains("\nequal ")
          .endsWith("DIFFERS: 1 of 2 decisions\n");
      assertThat(replay(site).exit()).isZero();
    }
  }

  @Test
  void decidesNothingAboutALedgerThatIsNotIntact() {
    try (LocalSite site = decided()) {
      String ledger = site.read("datalake/ledger.jsonl").replace("\"anna\"", "\"bert\"");
      site.repository().commit("Prefer bert", java.util.Map.of("datalake/ledger.jsonl", ledger));

      Invocation replayed = replay(site);

      assertThat(replayed.exit()).isEqualTo(4);
      assertThat(replayed.err()).contains("E_ID");
    }
  }

  private LocalSite decided() {
    LocalSite site = LocalSite.withTwoGoodAgents(directory).settings("transcripts: commit");
    assertThat(site.run().exit()).isZero();
    return site;
  }

  /** What the documents say of bert's path where nobody else is asked. */
  private String alone() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory.resolve("alone"))) {
      assertThat(site.run("--agents", "bert").exit()).isZero();
      return site.read("datalake/workflows/wish/optr-selection.json");
    }
  }

  /** The selection's document as it would be with bert selected. */
  private static String of(String bert, String alone, String text) {
    JsonObject lane = Invocation.document(bert);
    JsonObject forged = Invocation.document(text);
    List<String> taken = List.of("agent", "output", "admissible", "ttvEstimate", "invariants");
    for (String name : taken) {
      forged = forged.with(name, member(lane, name));
    }
    for (String name : List.of("selected", "tree", "patchSha256")) {
      forged = forged.with(name, member(Invocation.document(alone), name));
    }
    return PrettyJson.text(forged);
  }

  private static Json member(JsonObject object, String name) {
    return object.members().getOrDefault(name, Json.NULL);
  }

  private static void forge(
      LocalSite site, BinaryOperator<String> documents, UnaryOperator<Decision> decision) {
    new ForgedAnchor(documents, decision).replace(site);
    Invocation verified = site.verify();
    assertThat(verified.exit()).as(verified.out()).isZero();
  }

  private static String replaced(String text, String words, String others) {
    assertThat(text).contains(words);
    int at = text.indexOf(words);
    return text.substring(0, at) + others + text.substring(at + words.length());
  }

  private static Decision bert(Decision decided) {
    String tree =
        decided.lanes().stream()
            .filter(lane -> lane.agent().equals("bert"))
            .map(lane -> String.valueOf(lane.tree()))
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

  private static Decision otherInput(Decision decided) {
    return new Decision(
        "0".repeat(64),
        decided.lanes(),
        decided.outcome(),
        decided.policy(),
        decided.selected(),
        decided.selector(),
        decided.tree());
  }

  /** {@code optr replay} there. */
  static Invocation replay(LocalSite site, String... more) {
    List<String> arguments = new ArrayList<>(List.of("replay", "--repo", "repository"));
    arguments.addAll(List.of(more));
    return Invocation.of(site.home(), site.environment(), arguments.toArray(String[]::new));
  }
}
