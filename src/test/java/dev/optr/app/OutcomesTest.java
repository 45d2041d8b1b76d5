package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of decisions, written down by the events that tell it. */
final class OutcomesTest {
  private static final String SIDE = "refs/heads/optr/ledger";
  private static final String SHARD = "datalake/ledger.d/pr-11.jsonl";

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void recordsAMergeOnceWithTheWholeShard(boolean squash) {
    try (ServedSite site = ServedSite.with(directory, "")) {
      String entry = decided(site, 11);
      String shard = site.file("refs/heads/wish-11", SHARD);
      String merge = site.merge(11, squash);

      ServedSite.Ran closed = site.closed(11, merge);

      assertThat(closed.exit()).as(closed.log()).isZero();
      assertThat(closed.output("outcome")).isEqualTo("recorded");
      assertThat(closed.log()).contains("#11 merged");
      assertThat(site.file(SIDE, SHARD)).startsWith(shard);
      assertThat(outcomes(site, 11))
          .singleElement()
          .asString()
          .contains(
              "\"result\":\"merged\"",
              "\"entry\":\"" + entry + "\"",
              "\"commit\":\"" + merge + "\"");
      SideBranchActionTest.assertIntact(site, 3);
      String tip = site.tip(SIDE);
      assertThat(site.closed(11, merge).output("outcome")).isEqualTo("skipped");
      assertThat(site.tip(SIDE)).isEqualTo(tip);
      site.played().gitHub().assertNoUnexpectedRequests();
    }
  }

  @Test
  void keepsLinesAndAnchorOfWhatWasNotMerged() {
    try (ServedSite site = ServedSite.with(directory, "")) {
      decided(site, 11);

      assertThat(site.closed(11, null).log()).contains("#11 closed");

      site.person().text("push", "-q", "origin", ":refs/heads/wish-11");
      assertThat(outcomes(site, 11))
          .singleElement()
          .asString()
          .contains("\"result\":\"closed\"", "\"commit\":null");
      assertThat(site.parents(site.tip(SIDE))).hasSize(2).endsWith(site.head(11));
      SideBranchActionTest.assertIntact(site, 3);
      // Opened again and merged after all: that is news.
      String merge = "0".repeat(39) + "1";
      assertThat(site.closed(11, merge).log()).contains("#11 merged");
      assertThat(site.closed(11, null).output("outcome")).isEqualTo("skipped");
      assertThat(outcomes(site, 11)).hasSize(2);
      SideBranchActionTest.assertIntact(site, 4);
    }
  }

  @Test
  void recordsNothingWhereNothingWasDecided() {
    try (ServedSite site = ServedSite.with(directory, "")) {
      site.open(11);

      ServedSite.Ran closed = site.closed(11, null);

      assertThat(closed.exit()).as(closed.log()).isZero();
      assertThat(closed.output("outcome")).isEqualTo("skipped");
      assertThat(site.has(SIDE)).isFalse();
    }
  }

  @Test
  void writesNothingWhereTheLedgerIsBroken() {
    try (ServedSite site = ServedSite.with(directory, "")) {
      decided(site, 11);
      site.person().text("fetch", "-q", "origin");
      site.person().text("checkout", "-q", "-B", "broken", "origin/wish-11");
      site.commit("Break", Map.of(SHARD, site.file("refs/heads/wish-11", SHARD) + "{}\n"));
      site.push(11);

      ServedSite.Ran closed = site.closed(11, null);

      assertThat(closed.exit()).as(closed.log()).isEqualTo(4);
      assertThat(site.has(SIDE)).isFalse();
    }
  }

  @Test
  void leavesAForksEndToTheSweep() {
    try (ServedSite site = ServedSite.with(directory, "")) {
      site.open(11);

      ServedSite.Ran closed = site.closedFork(11);

      assertThat(closed.exit()).as(closed.log()).isZero();
      assertThat(closed.log()).contains("schedule");
      assertThat(site.played().gitHub().requests()).isEmpty();
    }
  }

  @Test
  void onlySaysSoWhereTheTokenMayNotWrite() {
    try (ServedSite site = ServedSite.with(directory, "")) {
      decided(site, 11);
      site.played().gitHub().makeTokenReadOnly();

      ServedSite.Ran closed = site.closed(11, null);

      assertThat(closed.exit()).as(closed.log()).isZero();
      assertThat(closed.log()).contains("contents: write");
      assertThat(site.has(SIDE)).isFalse();
    }
  }

  @Test
  void noticesARevertOnce() {
    try (ServedSite site = ServedSite.with(directory, "")) {
      String entry = decided(site, 11);
      String merge = site.merge(11, true);
      site.closed(11, merge);
      site.person().text("revert", "--no-edit", merge);
      site.person().text("push", "-q", "origin", "HEAD:refs/heads/main");
      String after = site.tip("refs/heads/main");

      ServedSite.Ran pushed = site.pushed(merge, after);

      assertThat(pushed.exit()).as(pushed.log()).isZero();
      assertThat(pushed.log()).contains("#11 reverted");
      assertThat(outcomes(site, 11))
          .filteredOn(line -> line.contains("\"result\":\"reverted\""))
          .singleElement()
          .asString()
          .contains("\"entry\":\"" + entry + "\"", "\"commit\":\"" + after + "\"");
      String tip = site.tip(SIDE);
      assertThat(site.pushed(merge, after).exit()).isZero();
      assertThat(site.tip(SIDE)).isEqualTo(tip);
    }
  }

  @Test
  void noticesTheRevertOfAnExecutedCommit() {
    try (ServedSite site = ServedSite.with(directory, "execute: auto")) {
      String entry = decided(site, 11);
      String executed = site.head(11);
      assertThat(site.file(executed, "a.txt")).isEqualTo("two\n");
      String merge = site.merge(11, false);
      site.person().text("revert", "--no-commit", executed);
      // The ledger only grows: what was recorded stays.
      site.person().text("checkout", "-q", "HEAD", "--", "datalake");
      site.person()
          .text("commit", "-q", "-m", "Revert it\n\nThis reverts commit " + executed + ".");
      site.person().text("push", "-q", "origin", "HEAD:refs/heads/main");
      String after = site.tip("refs/heads/main");
      assertThat(site.file(after, "a.txt")).isEqualTo("one\n");

      ServedSite.Ran pushed = site.pushed(merge, after);

      assertThat(pushed.exit()).as(pushed.log()).isZero();
      assertThat(pushed.log()).contains("#11 reverted");
      assertThat(outcomes(site, 11))
          .singleElement()
          .asString()
          .contains(
              "\"result\":\"reverted\"",
              "\"entry\":\"" + entry + "\"",
              "\"commit\":\"" + after + "\"");
      SideBranchActionTest.assertIntact(site, 4);
    }
  }

  @Test
  void noticesWhatGitHubsRevertButtonWrites() {
    try (ServedSite site = ServedSite.with(directory, "")) {
      String entry = decided(site, 11);
      String merge = site.merge(11, true);
      site.closed(11, merge);
      site.person()
          .text(
              "commit",
              "-q",
              "--allow-empty",
              "-m",
              "Revert \"Wish 11\" (#12)\n\nReverts other/widgets#11\nReverts acme/widgets#10");
      site.person().text("push", "-q", "origin", "HEAD:refs/heads/main");
      String between = site.tip("refs/heads/main");
      assertThat(site.pushed(merge, between).log()).doesNotContain("reverted");
      site.person().text("pull", "-q", "--ff-only", "origin", "main");
      site.person()
          .text(
              "commit",
              "-q",
              "--allow-empty",
              "-m",
              "Revert \"Wish 11\" (#12)\n\nReverts Acme/widgets#11");
      site.person().text("push", "-q", "origin", "HEAD:refs/heads/main");
      String after = site.tip("refs/heads/main");

      ServedSite.Ran pushed = site.pushed(between, after);

      assertThat(pushed.log()).contains("#11 reverted");
      assertThat(outcomes(site, 11))
          .filteredOn(line -> line.contains("\"result\":\"reverted\""))
          .singleElement()
          .asString()
          .contains("\"entry\":\"" + entry + "\"", "\"commit\":\"" + after + "\"");
    }
  }

  @Test
  void believesNoRevertOfWhatNobodyDecided() {
    try (ServedSite site = ServedSite.with(directory, "")) {
      decided(site, 11);
      String merge = site.merge(11, false);
      String after =
          site.commit(
              "Pretend",
              Map.of(
                  "x.txt",
                  "This reverts commit " + merge + "\n",
                  "y.txt",
                  "This reverts commit " + "f".repeat(40)));
      site.person()
          .text("commit", "-q", "--amend", "-m", "Pretend\n\nThis reverts commit " + site.head(11));
      site.person().text("push", "-q", "origin", "HEAD:refs/heads/main");
      assertThat(after).isNotEqualTo(merge);

      ServedSite.Ran pushed = site.pushed(merge, site.tip("refs/heads/main"));

      assertThat(pushed.exit()).as(pushed.log()).isZero();
      assertThat(pushed.log()).doesNotContain("reverted");
    }
  }

  @Test
  void goesWithRunsWhoseAnchorsAreThereAlready() {
    try (ServedSite site = ServedSite.with(directory, "anchor: side-branch")) {
      site.open(11);
      site.pullRequest("opened", 11);
      site.open(12);
      site.pullRequest("opened", 12);

      assertThat(site.closed(11, site.merge(11, true)).log()).contains("#11 merged");
      assertThat(site.closed(12, null).log()).contains("#12 closed");

      assertThat(outcomes(site, 11)).hasSize(1);
      assertThat(outcomes(site, 12)).hasSize(1);
      SideBranchActionTest.assertIntact(site, 5);
    }
  }

  private static String decided(ServedSite site, long number) {
    site.open(number);
    ServedSite.Ran ran = site.pullRequest("opened", number);
    assertThat(ran.exit()).as(ran.log()).isZero();
    site.followBranch(number);
    return ran.output("ledger-entry");
  }

  private static List<String> outcomes(ServedSite site, long number) {
    return site.file(SIDE, "datalake/ledger.d/pr-" + number + ".jsonl")
        .lines()
        .filter(line -> line.contains("\"type\":\"outcome\""))
        .toList();
  }
}
