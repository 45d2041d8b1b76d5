package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code optr ledger restore}: what history took away is back, and verification says so. */
final class LedgerRestoreCommandTest {
  private static final String MAIN = "datalake/ledger.jsonl";

  @TempDir private Path directory;

  /** What somebody did to the file. */
  enum Loss {
    THE_END,
    THE_MIDDLE,
    THE_GENESIS,
    ALL,
    ONE_WORD,
    HALF_A_LINE,
    MARKS_OF_A_MERGE;

    private List<String> of(List<String> lines) {
      return switch (this) {
        case THE_END -> lines.subList(0, lines.size() - 1);
        case THE_MIDDLE -> without(lines, 1);
        case THE_GENESIS -> without(lines, 0);
        case ALL -> List.of();
        case ONE_WORD -> replaced(lines, 1, lines.get(1).replace("\"anna\"", "\"anne\""));
        case HALF_A_LINE -> replaced(lines, 2, lines.get(2).substring(9));
        case MARKS_OF_A_MERGE -> replaced(lines, 2, "<<<<<<< HEAD");
      };
    }

    private static List<String> without(List<String> lines, int index) {
      List<String> less = new ArrayList<>(lines);
      less.remove(index);
      return less;
    }

    private static List<String> replaced(List<String> lines, int index, String line) {
      List<String> other = new ArrayList<>(lines);
      other.set(index, line);
      return other;
    }
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void writesBackWhatWasLost(Loss loss) {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      for (String wish : List.of("One", "Two", "Three")) {
        assertThat(site.run("--intent", wish).exit()).isZero();
      }
      String whole = site.read(MAIN);
      List<String> left = loss.of(whole.lines().toList());
      site.repository()
          .commit("Lose", Map.of(MAIN, left.isEmpty() ? "" : String.join("\n", left) + "\n"));
      assertThat(site.verify().exit()).isNotZero();

      Invocation restored = restore();
      assertThat(restored.exit()).as(restored.err()).isZero();
      assertThat(restored.out()).contains("restored ", "written  " + MAIN);
      assertThat(site.read(MAIN)).isEqualTo(whole);
      Invocation verified = site.verify("--json");
      assertThat(verified.exit()).as(verified.out()).isZero();
      assertThat(LedgerSite.codes(verified, "warnings")).contains("W_RESTORED");
      assertThat(site.repository().uncommitted()).isEmpty();

      String head = site.repository().head();
      assertThat(restore().out()).isEqualTo("nothing to restore\n");
      assertThat(site.repository().head()).isEqualTo(head);
    }
  }

  @Test
  void putsLinesBackAmongThoseThatCameLater() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      assertThat(site.run("--intent", "One").exit()).isZero();
      String genesis = site.read(MAIN).lines().findFirst().orElseThrow() + "\n";
      String lost = site.read(MAIN).substring(genesis.length());
      site.repository().commit("Lose", Map.of(MAIN, genesis));
      assertThat(site.run("--intent", "Two").exit()).isZero();
      String later = site.read(MAIN);

      assertThat(restore().exit()).isZero();
      assertThat(site.read(MAIN)).isEqualTo(later + lost);
      assertThat(site.verify().exit()).isZero();
    }
  }

  @Test
  void bringsBackTheFileOfAPullRequestThatWasDeleted() {
    try (LedgerSite site = LedgerSite.make(directory)) {
      assertThat(site.ledger("init", "--no-commit").exit()).isZero();
      String shard = "datalake/ledger.d/pr-7.jsonl";
      String whole = site.main();
      assertThat(directory.resolve("lake").resolve(MAIN).toFile().delete()).isTrue();
      site.repository().commit("A shard", Map.of(shard, whole));
      site.repository().delete("Gone", shard);
      assertThat(site.verify().exit()).isNotZero();

      assertThat(site.ledger("restore").exit()).isZero();
      assertThat(site.read("lake/" + shard)).isEqualTo(whole);
      assertThat(site.verify().exit()).isZero();
    }
  }

  @Test
  void hasNothingToRestoreWhereThereWasNoLedger() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      assertThat(site.has(MAIN)).isFalse();
      Invocation refused = restore();
      assertThat(refused.exit()).isEqualTo(2);
      assertThat(refused.err()).contains("has a ledger to restore");
    }
  }

  private Invocation restore() {
    return Invocation.of(directory, Map.of(), "ledger", "restore", "--repo", "repository");
  }
}
