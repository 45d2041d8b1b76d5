package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.PrettyJson;
import dev.optr.testing.Schemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code optr ledger prove} and {@code check-proof}, on a repository and on bare files. */
final class LedgerProofTest {
  private static final String LEDGER = "datalake/ledger.jsonl";

  @TempDir Path directory;

  @Test
  void provesAnEntryAgainstTheRootThatItsAnchorNames() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      assertThat(site.run().exit()).isZero();
      String anchor = site.repository().head();
      String entry = entry(site.read(LEDGER), 1);

      Invocation made = ledger("prove", "--repo", "repository", entry.substring(0, 10));

      assertThat(made.exit()).as(made.err()).isZero();
      Schemas.assertValid("ledger-proof", made.out());
      JsonObject proof = made.document();
      assertThat(proof.text("entry")).isEqualTo(entry);
      assertThat(proof.text("commit")).isEqualTo(anchor);
      assertThat(proof.text("anchor")).isEqualTo(anchor);
      assertThat(proof.integer("index")).isEqualTo(1);
      assertThat(proof.integer("size")).isEqualTo(2);
      write("proof.json", made.out());
      Invocation checked = ledger("check-proof", "proof.json", "--root", trailer(site, anchor));
      assertThat(checked.exit()).as(checked.out()).isZero();
      assertThat(checked.out())
          .contains("PROVEN: the entry " + entry + " is line 2 of the 2 lines below the root ");
    }
  }

  @Test
  void provesThatAFileOnlyGrewFromOneAnchorToTheNext() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      assertThat(site.run().exit()).isZero();
      String first = site.repository().head();
      assertThat(site.run("--intent", "Another wish").exit()).isZero();
      String second = site.repository().head();

      Invocation made = ledger("prove", "--repo", "repository", "--consistency", "2");

      assertThat(made.exit()).as(made.err()).isZero();
      Schemas.assertValid("ledger-proof", made.out());
      write("proof.json", made.out());
      String[] check = {
        "check-proof",
        "proof.json",
        "--old-root",
        trailer(site, first),
        "--root",
        trailer(site, second)
      };
      Invocation checked = ledger(check);
      assertThat(checked.exit()).as(checked.out()).isZero();
      assertThat(checked.out())
          .contains("PROVEN: the 2 lines below the root ", "the first of the 3");
      check[3] = trailer(site, second);
      assertThat(ledger(check).exit()).isEqualTo(4);
      check[3] = trailer(site, first);
      check[5] = trailer(site, first);
      assertThat(ledger(check).exit()).isEqualTo(4);
    }
  }

  @Test
  void provesAnEntryAtTheCommitThatIsNamed() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      assertThat(site.run().exit()).isZero();
      String first = site.repository().head();
      String entry = entry(site.read(LEDGER), 1);
      assertThat(site.run("--intent", "Another wish").exit()).isZero();

      JsonObject proof = ledger("prove", "--repo", "repository", "--at", first, entry).document();

      assertThat(proof.integer("size")).isEqualTo(2);
      assertThat(proof.text("root")).isEqualTo(trailer(site, first));
      Invocation nowhere = ledger("prove", "--repo", "repository", "--at", "nowhere", entry);
      assertThat(nowhere.exit()).isEqualTo(2);
      assertThat(nowhere.err()).contains("--at: 'nowhere' names no commit");
    }
  }

  @Test
  void saysThatARootFromTheProofItselfProvesNothing() {
    golden();
    write("proof.json", ledger("prove", "--ledger", "golden.jsonl", id(2)).out());

    Invocation checked = ledger("check-proof", "proof.json");

    assertThat(checked.exit()).isEqualTo(2);
    assertThat(checked.out()).isEmpty();
    assertThat(checked.err()).contains("proves nothing", "Optr-Ledger-Root", "--root");
  }

  @Test
  void refutesAProofWhoseAnyHexDigitIsAnother() {
    golden();
    String text = ledger("prove", "--ledger", "golden.jsonl", id(2)).out();
    String root = String.valueOf(Invocation.document(text).text("root"));
    int hashes = text.indexOf("\"hashes\"");
    int line = text.indexOf("\"line\"");
    for (int i = hashes; i < line; i++) {
      char digit = text.charAt(i);
      if (Character.digit(digit, 16) >= 0 && text.charAt(i - 1) != '"') {
        char other = digit == '0' ? '1' : '0';
        String changed = text.substring(0, i) + other + text.substring(i + 1);
        write("proof.json", changed);
        assertThat(ledger("check-proof", "proof.json", "--root", root).exit())
            .as(changed)
            .isIn(2, 4);
      }
    }
  }

  @Test
  void refutesOtherRootsOtherLinesAndOtherEntries() {
    golden();
    JsonObject proof = ledger("prove", "--ledger", "golden.jsonl", id(2)).document();
    String root = String.valueOf(proof.text("root"));
    write("proof.json", PrettyJson.text(proof));
    write("own", line(2) + "\n");
    write("other", line(1) + "\n");

    assertThat(ledger("check-proof", "proof.json", "--root", root, "--line", "own").exit())
        .isZero();
    Invocation other = ledger("check-proof", "proof.json", "--root", root, "--line", "other");
    assertThat(other.exit()).isEqualTo(4);
    assertThat(other.out()).contains("REFUTED: the line is of the entry '" + id(1) + "'");
    Invocation foreign = ledger("check-proof", "proof.json", "--root", "0".repeat(64));
    assertThat(foreign.exit()).isEqualTo(4);
    assertThat(foreign.out()).contains(root, "0".repeat(64));
    write("proof.json", PrettyJson.text(proof.with("entry", Json.text(id(1)))));
    assertThat(ledger("check-proof", "proof.json", "--root", root).exit()).isEqualTo(4);
    write("proof.json", PrettyJson.text(proof.with("index", Json.number(1))));
    assertThat(ledger("check-proof", "proof.json", "--root", root).exit()).isEqualTo(4);
  }

  @Test
  void takesTheLineFromStandardInput() {
    golden();
    write("proof.json", ledger("prove", "--ledger", "golden.jsonl", id(2)).out());
    String root = String.valueOf(Invocation.document(read("proof.json")).text("root"));

    assertThat(piped(line(2) + "\n", "check-proof", "proof.json", "--line", "-", "--root", root))
        .isZero();
    assertThat(piped(line(1) + "\n", "check-proof", "proof.json", "--line", "-", "--root", root))
        .isEqualTo(4);
    assertThat(piped(read("proof.json"), "check-proof", "-", "--root", root)).isZero();
    assertThat(piped("", "check-proof", "-", "--line", "-", "--root", root)).isEqualTo(2);
  }

  @Test
  void refusesWhatItCannotProve() {
    golden();
    assertRefused("write the ID", "prove", "--ledger", "golden.jsonl");
    assertRefused("no intact entry", "prove", "--ledger", "golden.jsonl", "0".repeat(64));
    assertRefused("is no id", "prove", "--ledger", "golden.jsonl", "[0-9]");
    assertRefused("write more of the id", "prove", "--ledger", "twice.jsonl", id(1));
    assertRefused("fewer than 99", "prove", "--ledger", "golden.jsonl", "--consistency", "99");
    assertRefused("write 1 or more", "prove", "--ledger", "golden.jsonl", "--consistency", "0");
    assertRefused("there is no file", "prove", "--ledger", "nowhere.jsonl", id(1));
    assertRefused("does not end with LF", "prove", "--ledger", "cut.jsonl", id(1));
    assertRefused("goes without", "prove", "--ledger", "golden.jsonl", "--at", "HEAD", id(1));
  }

  @Test
  void refusesWhatIsNoProof() {
    golden();
    write("proof.json", ledger("prove", "--ledger", "golden.jsonl", "--consistency", "2").out());
    JsonObject proof = Invocation.document(read("proof.json"));
    List<String> bad =
        List.of(
            "",
            "[]",
            "{}",
            "{\"kind\":\"inclusion\"}",
            PrettyJson.text(proof.with("kind", Json.text("inclusion"))),
            PrettyJson.text(proof.with("more", Json.NULL)),
            PrettyJson.text(proof.with("v", Json.number(2))),
            PrettyJson.text(proof.with("size", Json.text("6"))),
            PrettyJson.text(proof.with("root", Json.text("AB".repeat(32)))),
            PrettyJson.text(proof.with("hashes", Json.texts(List.of("ab")))),
            "x".repeat((1 << 20) + 1));
    for (String text : bad) {
      write("bad.json", text);
      assertThat(ledger("check-proof", "bad.json", "--root", "0".repeat(64)).exit())
          .as(text)
          .isEqualTo(2);
    }
    write("bad.json", PrettyJson.text(proof.with("\u001b[2J" + "x".repeat(999), Json.NULL)));
    assertThat(ledger("check-proof", "bad.json").err())
        .doesNotContain("\u001b")
        .hasSizeLessThan(500);
    assertRefused("belongs to proofs of inclusion", "check-proof", "proof.json", "--line", "x");
    assertRefused("not 64", "check-proof", "proof.json", "--old-root", "ab");
  }

  private void assertRefused(String message, String... arguments) {
    Invocation refused = ledger(arguments);
    assertThat(refused.exit()).as(refused.err()).isEqualTo(2);
    assertThat(refused.err()).contains(message);
    assertThat(refused.out()).isEmpty();
  }

  private Invocation ledger(String... arguments) {
    return Invocation.of(directory, Map.of(), of(arguments));
  }

  private int piped(String in, String... arguments) {
    return Invocation.piped(directory, in, of(arguments)).exit();
  }

  private static String[] of(String... arguments) {
    List<String> all = new ArrayList<>(List.of("ledger"));
    all.addAll(List.of(arguments));
    return all.toArray(String[]::new);
  }

  private static String trailer(LocalSite site, String commit) {
    try (var git = site.repository().repository()) {
      return git.message(commit)
          .lines()
          .filter(line -> line.startsWith("Optr-Ledger-Root: "))
          .map(line -> line.substring("Optr-Ledger-Root: ".length()))
          .findFirst()
          .orElseThrow();
    }
  }

  private void golden() {
    String golden = text(Path.of("src", "test", "resources", "optr-golden", "ledger.jsonl"));
    write("golden.jsonl", golden);
    write("twice.jsonl", golden + golden);
    write("cut.jsonl", golden.substring(0, golden.length() - 1));
  }

  private String line(int index) {
    return read("golden.jsonl").lines().toList().get(index);
  }

  private String id(int index) {
    return entry(read("golden.jsonl"), index);
  }

  private static String entry(String ledger, int index) {
    return String.valueOf(Invocation.document(ledger.lines().toList().get(index)).text("id"));
  }

  private String read(String name) {
    return text(directory.resolve(name));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String name, String text) {
    try {
      Files.writeString(directory.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
