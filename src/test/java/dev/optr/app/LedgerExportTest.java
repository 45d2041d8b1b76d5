package dev.optr.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.CompactJson;
import dev.optr.base.JsonObject;
import dev.optr.testing.Schemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code optr ledger export}, on repositories and bare files. */
final class LedgerExportTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "optr-golden");
  private static final String GENESIS =
      "5ac59951940351fc67b2741063607f8748f30033b7b191c01b739f192e1e8888";
  // RFC 8032, section 7.1, test 1, as PKCS#8.
  private static final String KEY =
      """
      -----BEGIN PRIVATE KEY-----
      MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
      -----END PRIVATE KEY-----
      """;

  @TempDir Path directory;

  @Test
  void exportsADecisionWithItsAnchorAndItsDenials() {
    try (LocalSite site =
        LocalSite.make(directory)
            .agent("anna", Recordings.rewrite("a.txt", "two\n"))
            .agent("bert", Recordings.rewrite(".github/workflows/ci.yml", "on: push\n"))
            .variable("OPTR_SIGNING_KEY", KEY)) {
      String frozen = site.repository().head();
      assertThat(site.run().exit()).isZero();
      String anchor = site.repository().head();

      Invocation export = export(site, "--in-toto", "--allow-tofu");

      assertThat(export.exit()).as(export.err()).isZero();
      assertThat(export.err()).contains("1 decisions exported").doesNotContain("bare");
      Schemas.assertValid("dsse-envelope", export.out());
      JsonObject statement = payload(export.document());
      Schemas.assertValid("decision-statement", CompactJson.exact(statement));
      JsonObject predicate = statement.object("predicate");
      assertThat(predicate.text("verificationResult")).isEqualTo("PASSED");
      assertThat(predicate.object("ledger").object("anchor").object("digest").text("gitCommit"))
          .isEqualTo(anchor);
      assertThat(predicate.object("frozenCommit").object("digest").text("gitCommit"))
          .isEqualTo(frozen);
      assertThat(predicate.text("resourceUri")).isEqualTo("swh:1:rev:" + frozen);
      JsonObject denial = Invocation.objects(predicate, "whyNot").getFirst();
      assertThat(denial.text("agent")).isEqualTo("bert");
      assertThat(denial.text("code")).isEqualTo("INVARIANT_VIOLATION");
      assertThat(denial.text("rule")).isEqualTo("patch-applies");
    }
  }

  @Test
  void exportsBareStatementsAndSaysSoWhereNoKeyIsGiven() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      assertThat(site.run().exit()).isZero();

      Invocation export = export(site, "--in-toto", "--out", "attestations");

      assertThat(export.exit()).as(export.err()).isZero();
      assertThat(export.out()).isEmpty();
      assertThat(export.err()).contains("bare statements, which nobody vouches for");
      List<Path> files = files("attestations");
      assertThat(files).hasSize(1);
      Schemas.assertValid("decision-statement", read(files.getFirst()));
      assertThat(files.getFirst().getFileName().toString()).matches("[0-9a-f]{64}\\.intoto\\.json");
    }
  }

  @Test
  void exportsTheDecisionsThatAreNamed() {
    List<String> ids = golden("--in-toto").out().lines().map(LedgerExportTest::entry).toList();
    assertThat(ids).hasSizeGreaterThan(1);

    Invocation one = golden("--in-toto", ids.get(1).substring(0, 12));

    assertThat(one.exit()).as(one.err()).isZero();
    assertThat(one.out().lines().map(LedgerExportTest::entry)).containsExactly(ids.get(1));
    Invocation none = golden("--in-toto", GENESIS);
    assertThat(none.exit()).isEqualTo(2);
    assertThat(none.err()).contains("no decision '" + GENESIS + "'");
    assertThat(golden("--in-toto", "").exit()).isEqualTo(2);
  }

  @Test
  void exportsNothingOfALedgerThatIsNotIntact() throws IOException {
    List<String> lines = Files.readAllLines(GOLDEN.resolve("ledger-full.jsonl"), UTF_8);
    lines.remove(1);
    Files.writeString(directory.resolve("cut.jsonl"), String.join("\n", lines) + "\n");

    Invocation cut = invoke("--csv", "--ledger", "cut.jsonl", "--genesis", GENESIS);

    assertThat(cut.exit()).isEqualTo(4);
    assertThat(cut.out()).isEmpty();
    assertThat(cut.err()).contains("E_PARENT_MISSING", "nothing was exported");
    Invocation unpinned = invoke("--csv", "--ledger", path("ledger-full.jsonl"));
    assertThat(unpinned.exit()).isEqualTo(5);
    assertThat(unpinned.out()).isEmpty();
  }

  @Test
  void exportsEveryEntryAsARow() throws IOException {
    Invocation table = golden("--csv");

    assertThat(table.exit()).as(table.err()).isZero();
    long entries = Files.readAllLines(GOLDEN.resolve("ledger-full.jsonl"), UTF_8).size();
    assertThat(table.out().lines().count()).isEqualTo(entries + 1);
    assertThat(table.out()).startsWith("entry,type,time,height,").endsWith("\r\n");

    assertThat(golden("--csv", "--out", "tables").exit()).isZero();
    assertThat(read(directory.resolve("tables/ledger.csv"))).isEqualTo(table.out());
    assertThat(files("tables")).hasSize(1);
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThat(golden().exit()).isEqualTo(2);
    assertThat(golden("--csv", "--in-toto").exit()).isEqualTo(2);
    assertThat(golden("--csv", "abc").err()).contains("--csv writes every entry");
    assertThat(invoke("--csv", "--ledger", "nowhere.jsonl").err()).contains("there is no file");
    assertThat(golden("--csv", "--repo", ".").exit()).isEqualTo(2);
  }

  private static String entry(String line) {
    JsonObject document = Invocation.document(line);
    return Invocation.text(document.object("predicate").object("ledger"), "entry");
  }

  private static JsonObject payload(JsonObject envelope) {
    return Invocation.document(
        new String(Base64.getDecoder().decode(Invocation.text(envelope, "payload")), UTF_8));
  }

  private Invocation export(LocalSite site, String... more) {
    List<String> arguments = new ArrayList<>(List.of("ledger", "export", "--repo", "repository"));
    arguments.addAll(List.of(more));
    return Invocation.of(directory, site.environment(), arguments.toArray(String[]::new));
  }

  private Invocation golden(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("--ledger", path("ledger-full.jsonl"), "--genesis", GENESIS));
    arguments.addAll(List.of(more));
    return invoke(arguments.toArray(String[]::new));
  }

  private Invocation invoke(String... more) {
    List<String> arguments = new ArrayList<>(List.of("ledger", "export"));
    arguments.addAll(List.of(more));
    return Invocation.of(directory, Map.of(), arguments.toArray(String[]::new));
  }

  private static String path(String name) {
    return GOLDEN.resolve(name).toAbsolutePath().toString();
  }

  private List<Path> files(String name) {
    try (Stream<Path> files = Files.list(directory.resolve(name))) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
