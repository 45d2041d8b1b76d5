package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code optr ledger merge} by hand: what it refuses leaves our file as it was. */
final class LedgerMergeCommandTest {
  @TempDir private Path directory;

  @Test
  void addsTheirLinesBehindOursByHeightAndId() {
    try (LedgerSite site = LedgerSite.make(directory)) {
      List<String> golden = golden(site);
      String base = text(golden.subList(0, 2));
      String ours = text(List.of(golden.get(0), golden.get(1), golden.get(2)));
      assertThat(merge(site, base, ours, text(golden)).exit()).isZero();
      assertThat(site.read("A")).startsWith(ours);
      assertThat(site.read("A").lines()).containsExactlyInAnyOrderElementsOf(golden);

      assertThat(merge(site, base, base, base).exit()).isZero();
      assertThat(site.read("A")).isEqualTo(base);
      assertThat(merge(site, "", "", text(golden)).exit()).isZero();
      assertThat(site.read("A").lines()).hasSize(golden.size());
    }
  }

  @Test
  void putsTheirFileFirstWhereTheirsIsTheBase() {
    try (LedgerSite site = LedgerSite.make(directory)) {
      List<String> golden = golden(site);
      String theirs = text(golden);
      String ours = text(golden.subList(0, 3));
      Invocation merged = merge(site, text(golden.subList(0, 1)), ours, theirs, "--base", "theirs");
      assertThat(merged.exit()).as(merged.err()).isZero();
      assertThat(site.read("A")).isEqualTo(theirs);
      assertThat(merge(site, "", ours, theirs, "--base", "mine").exit()).isEqualTo(1);
    }
  }

  @Test
  void refusesDamageAndLeavesOurFileAlone() {
    try (LedgerSite site = LedgerSite.make(directory)) {
      List<String> golden = golden(site);
      String good = text(golden);
      String base = text(golden.subList(0, 2));
      List<String> other = site.read("unsigned.jsonl").lines().toList();
      Map<String, String> damaged =
          Map.of(
              "theirs:3: E_SYNTAX",
              good.replaceFirst("(?m)(^.*\n.*\n)", "$1<<<<<<< HEAD\n"),
              "theirs:3: E_ID",
              good.replaceFirst("(?s)(^[^\n]*\n[^\n]*\n.*?\"ts\":\"20)2", "$13"),
              "theirs: the last line does not end with LF",
              good.substring(0, good.length() - 1),
              "E_DUP",
              good + golden.getLast() + "\n",
              "E_ORDER",
              text(List.of(golden.get(1), golden.get(0))),
              "lacks entry",
              text(golden.subList(0, 1)),
              "is of ledger",
              text(other),
              "E_NOT_CANONICAL",
              good.replaceFirst("\\{\"body\"", "{ \"body\""));
      damaged.forEach(
          (message, theirs) -> {
            String ancestor = message.equals("is of ledger") ? "" : base;
            Invocation refused = merge(site, ancestor, good, theirs);
            assertThat(refused.exit()).as(message + refused.err()).isEqualTo(1);
            assertThat(refused.err()).contains(message);
            assertThat(site.read("A")).isEqualTo(good);
          });
    }
  }

  @Test
  void refusesOneEntryInTwoSpellings() {
    try (LedgerSite site = LedgerSite.make(directory)) {
      List<String> golden = golden(site);
      List<String> stripped = new ArrayList<>(golden);
      stripped.set(1, golden.get(1).replaceFirst("\"sigs\":\\[.*\\]", "\"sigs\":[]"));
      Invocation refused = merge(site, text(golden.subList(0, 1)), text(golden), text(stripped));
      assertThat(refused.exit()).isEqualTo(1);
      assertThat(refused.err()).contains("other signatures");
    }
  }

  @Test
  void printsTheTwoLinesOfConfiguration() {
    Invocation help = Invocation.of(directory, Map.of(), "ledger", "merge", "--help");
    assertThat(help.exit()).isZero();
    assertThat(help.out())
        .contains("datalake/ledger.jsonl merge=optr-ledger")
        .contains("git config merge.optr-ledger.driver 'optr ledger merge %O %A %B'");
  }

  private static Invocation merge(
      LedgerSite site, String base, String ours, String theirs, String... more) {
    site.write("O", base);
    site.write("A", ours);
    site.write("B", theirs);
    List<String> arguments = new ArrayList<>(List.of("ledger", "merge", "O", "A", "B"));
    arguments.addAll(List.of(more));
    return Invocation.of(site.home(), Map.of(), arguments.toArray(String[]::new));
  }

  private static List<String> golden(LedgerSite site) {
    Path folder = Path.of("src", "test", "resources", "optr-golden").toAbsolutePath();
    site.write("unsigned.jsonl", site.read(folder.resolve("unsigned.jsonl").toString()));
    return site.read(folder.resolve("ledger-full.jsonl").toString()).lines().toList();
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }
}
