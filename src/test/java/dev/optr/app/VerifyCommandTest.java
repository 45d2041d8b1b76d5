package dev.optr.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code optr verify} on bare files and on repositories: verdict, exit code, document. */
final class VerifyCommandTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "optr-golden");
  private static final String GENESIS =
      "5ac59951940351fc67b2741063607f8748f30033b7b191c01b739f192e1e8888";
  private static final String SIGNED = GOLDEN.resolve("ledger-full.jsonl").toString();
  private static final String UNSIGNED = GOLDEN.resolve("unsigned.jsonl").toString();

  @TempDir Path directory;

  @Test
  void findsAPinnedLedgerIntact() {
    Invocation verified = verify("--ledger", SIGNED, "--genesis", GENESIS, "--json");

    assertResult(verified, 0, "ok", "pinned");
    assertThat(verified.document().integer("entries")).isEqualTo(8);
    assertThat(verified.document().text("genesis")).isEqualTo(GENESIS);
    assertThat(codes(verified, "findings")).isEmpty();
  }

  @Test
  void takesThePinFromTheEnvironment() {
    Invocation verified =
        Invocation.of(
            Path.of("").toAbsolutePath(),
            Map.of("OPTR_GENESIS", GENESIS),
            "verify",
            "--ledger",
            SIGNED,
            "--json");

    assertResult(verified, 0, "ok", "pinned");
  }

  @Test
  void decidesNothingWhereNothingVouchesForTheGenesis() {
    Invocation unpinned = verify("--ledger", SIGNED, "--json");
    assertResult(unpinned, 5, "undecided", "tofu");
    assertThat(codes(unpinned, "warnings")).contains("W_TOFU");

    assertResult(verify("--ledger", SIGNED, "--allow-tofu", "--json"), 0, "ok", "tofu");
    assertThat(verify("--ledger", SIGNED).out())
        .contains("UNDECIDED: nothing vouches for the genesis")
        .contains("--genesis", "--allow-tofu");
  }

  @Test
  void saysThatAnUnsignedLedgerIsUnsigned() {
    Invocation verified = verify("--ledger", UNSIGNED, "--json");

    assertResult(verified, 0, "ok", "none");
    assertThat(codes(verified, "warnings")).contains("W_UNSIGNED", "W_NO_OUTSIDE_MEMORY");
  }

  @Test
  void findsAnotherGenesisThanThePinnedOne() {
    Invocation verified = verify("--ledger", SIGNED, "--genesis", "a".repeat(64), "--json");

    assertThat(verified.exit()).isEqualTo(4);
    assertThat(codes(verified, "findings")).contains("E_GENESIS");
  }

  @Test
  void findsEveryTamperedFile() throws IOException {
    assertTampered("flipped", text -> text.replace("\"claude\"", "\"Claude\""));
    assertTampered("dropped", text -> text.replaceFirst("\n.*\n", "\n"));
    assertTampered("repeated", text -> text + text.substring(0, text.indexOf('\n') + 1));
    assertTampered("unfinished", text -> text.substring(0, text.length() - 1));
    assertTampered("foreign bytes", text -> text + "\u00ff\u00fe\n");
  }

  private void assertTampered(String name, UnaryOperator<String> tampering) throws IOException {
    String text = Files.readString(Path.of(SIGNED), ISO_8859_1);
    Path file = directory.resolve(name + ".jsonl");
    Files.writeString(file, tampering.apply(text), ISO_8859_1);

    Invocation verified =
        verify("--ledger", file.toString(), "--genesis", GENESIS, "--allow-tofu", "--json");

    assertThat(verified.exit()).as(name + verified.out()).isEqualTo(4);
    assertThat(verified.document().text("result")).isEqualTo("tampered");
    JsonObject finding = Invocation.objects(verified.document(), "findings").getFirst();
    assertThat(finding.text("code")).startsWith("E_");
    assertThat(finding.text("container")).isEqualTo(file.toString());
    assertThat(finding.integer("line")).isPositive();
  }

  @Test
  void findsAnEndThatWasCutWhereTheOldEndIsKnown() throws IOException {
    List<String> lines = Files.readAllLines(Path.of(UNSIGNED));
    Path cut = directory.resolve("cut.jsonl");
    Files.writeString(cut, lines.getFirst() + "\n");
    String last = Invocation.text(Invocation.document(lines.getLast()), "id");

    assertResult(verify("--ledger", cut.toString(), "--json"), 0, "ok", "none");
    Invocation remembered = verify("--ledger", cut.toString(), "--head", last, "--json");
    assertResult(remembered, 4, "tampered", "none");
    assertThat(codes(remembered, "findings")).containsExactly("E_ROLLBACK");
    assertResult(
        verify("--ledger", cut.toString(), "--size", "2", "--json"), 4, "tampered", "none");
  }

  @Test
  void refusesArgumentsThatMakeNoSense() {
    for (List<String> arguments :
        List.of(
            List.of("--links", "--full"),
            List.of("--repo", ".", "--ledger", SIGNED),
            List.of("--ledger", "absent.jsonl"),
            List.of("--size", "many"),
            List.of("--deployable"),
            List.of("surplus"))) {
      Invocation refused = verify(arguments.toArray(String[]::new));
      assertThat(refused.exit()).as(arguments + refused.err()).isEqualTo(2);
      assertThat(refused.err()).isNotBlank();
      assertThat(refused.out()).isEmpty();
    }
    assertThat(Invocation.of(directory, Map.of(), "verify").exit()).isEqualTo(2);
  }

  @Test
  void decidesNothingWhereThereIsNoLedger() {
    try (LocalSite site = LocalSite.make(directory)) {
      Invocation verified = site.verify("--json");
      assertResult(verified, 5, "undecided", "none");
      assertThat(Invocation.isNull(verified.document(), "genesis")).isTrue();
      assertThat(site.verify().out()).contains("UNDECIDED: there is no ledger here");
    }
  }

  @Test
  void verifiesWhatARunHasLeft() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      String entry = Invocation.text(site.run("--json").document(), "ledgerEntry");

      Invocation verified = site.verify("--json");

      assertResult(verified, 0, "ok", "none");
      assertThat(verified.document().integer("entries")).isEqualTo(2);
      assertThat(verified.document().get("heads"))
          .isEqualTo(dev.optr.base.Json.texts(List.of(entry)));
      assertResult(site.verify("--links", "--json"), 0, "ok", "none");
      assertThat(site.verify().out()).contains("OK: the ledger is intact");
    }
  }

  @Test
  void readsCommittedObjectsAndNotTheWorkTree() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      site.run();
      site.repository().write("datalake/ledger.jsonl", "nonsense\n");

      Invocation verified = site.verify("--json");

      assertResult(verified, 0, "ok", "none");
      assertThat(codes(verified, "warnings")).contains("W_DRIFT");
    }
  }

  @Test
  void findsALedgerThatWasChangedAfterwards() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      site.run();
      String before = site.read("datalake/ledger.jsonl");
      site.repository()
          .commit(
              "Tamper", Map.of("datalake/ledger.jsonl", before.replace("\"anna\"", "\"anne\"")));

      Invocation verified = site.verify("--json");

      assertThat(verified.exit()).isEqualTo(4);
      assertThat(codes(verified, "findings")).contains("E_ID");
      assertThat(site.verify().out()).contains("TAMPERED", "datalake/ledger.jsonl:2");
    }
  }

  @Test
  void findsAnEntryThatHistoryTookAway() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      site.run();
      String first = site.read("datalake/ledger.jsonl");
      site.run("--intent", "Another wish");
      site.repository().commit("Forget", Map.of("datalake/ledger.jsonl", first));

      Invocation verified = site.verify("--json");

      assertThat(verified.exit()).as(verified.out()).isEqualTo(4);
      assertThat(codes(verified, "findings")).contains("E_NOT_PREFIX");
      JsonObject finding = Invocation.objects(verified.document(), "findings").getFirst();
      assertThat(finding.text("commit")).isEqualTo(site.repository().head());
    }
  }

  @Test
  void findsAnAnchorThatWasRewrittenWithOtherOutputs() {
    String selection = "datalake/workflows/wish/optr-selection.json";
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      String frozen = site.repository().head();
      site.run();
      Map<String, String> documents = new java.util.TreeMap<>();
      String message;
      try (var git = site.repository().repository()) {
        String anchor = site.repository().head();
        message = git.message(anchor);
        git.changedPaths(anchor).forEach(path -> documents.put(path, site.read(path)));
      }
      documents.compute(selection, (_, text) -> String.valueOf(text).replace("anna", "anne"));
      site.repository().checkout(frozen);
      site.repository().branch("rewritten");
      site.repository().commit(message, documents);

      Invocation verified = site.verify("--json");

      assertThat(verified.exit()).as(verified.out()).isEqualTo(4);
      assertThat(codes(verified, "findings")).contains("E_OUTPUT");
    }
  }

  @Test
  void warnsOfADocumentThatWasChangedAfterItsAnchor() {
    String selection = "datalake/workflows/wish/optr-selection.json";
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      String entry = Invocation.text(site.run("--json").document(), "ledgerEntry");
      site.repository()
          .commit(
              "Change the record", Map.of(selection, site.read(selection).replace("anna", "anne")));

      Invocation verified = site.verify("--json");

      // What counts is read at the anchor, where it is intact; a reader of HEAD is warned.
      assertResult(verified, 0, "ok", "none");
      assertThat(Invocation.objects(verified.document(), "warnings"))
          .filteredOn(warning -> "W_DRIFT".equals(warning.text("code")))
          .singleElement()
          .satisfies(
              drift -> {
                assertThat(drift.text("id")).isEqualTo(entry);
                assertThat(drift.text("commit")).isEqualTo(site.repository().head());
                assertThat(drift.text("message")).contains(selection);
              });
    }
  }

  private static Invocation verify(String... arguments) {
    List<String> all = new ArrayList<>(List.of("verify"));
    all.addAll(List.of(arguments));
    return Invocation.of(Path.of("").toAbsolutePath(), Map.of(), all.toArray(String[]::new));
  }

  private static List<String> codes(Invocation verified, String list) {
    return Invocation.objects(verified.document(), list).stream()
        .map(finding -> Invocation.text(finding, "code"))
        .toList();
  }

  /** The shape of the document, in the order that users read it. */
  private static void assertResult(Invocation verified, int exit, String result, String trust) {
    assertThat(verified.exit()).as(verified.out() + verified.err()).isEqualTo(exit);
    JsonObject document = verified.document();
    assertThat(List.copyOf(document.members().keySet()))
        .containsExactly(
            "result", "genesis", "trust", "entries", "heads", "findings", "warnings", "exit");
    assertThat(document.text("result")).isEqualTo(result);
    assertThat(document.text("trust")).isEqualTo(trust);
    assertThat(document.integer("exit")).isEqualTo(exit);
    for (String list : List.of("findings", "warnings")) {
      assertThat(Invocation.objects(document, list))
          .allSatisfy(
              finding ->
                  assertThat(List.copyOf(finding.members().keySet()))
                      .containsExactly(
                          "code", "container", "line", "id", "pr", "commit", "message"));
    }
  }
}
