package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.testing.Payloads;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a push to the default branch makes of the ledger there. */
final class DefaultBranchTest {
  private static final String SIDE = "refs/heads/optr/ledger";
  private static final String MAIN = "refs/heads/main";
  private static final String LEDGER = "datalake/ledger.jsonl";

  @TempDir private Path directory;

  @Test
  void foldsWhatWasMergedAndThenNothing() {
    try (ServedSite site = ServedSite.with(directory, "")) {
      String before = site.tip(MAIN);
      String shards = merged(site, 11) + merged(site, 12);
      String merge = site.tip(MAIN);

      ServedSite.Ran pushed = site.pushed(before, merge);

      assertThat(pushed.exit()).as(pushed.log()).isZero();
      assertThat(pushed.output("outcome")).isEqualTo("folded");
      String fold = site.tip(MAIN);
      assertThat(site.parents(fold)).containsExactly(merge);
      assertThat(site.file(MAIN, "datalake/ledger.d/pr-11.jsonl")).isEmpty();
      assertThat(site.file(MAIN, LEDGER).lines())
          .hasSize(3)
          .containsExactlyInAnyOrderElementsOf(shards.lines().distinct().toList());
      SideBranchActionTest.assertIntact(site, 3);
      assertThat(site.pushed(merge, fold).output("outcome")).isEqualTo("skipped");
      assertThat(site.tip(MAIN)).isEqualTo(fold);
      assertThat(site.has(SIDE)).isFalse();
      // The next one goes on from there.
      merged(site, 13);
      assertThat(site.pushed(fold, site.tip(MAIN)).output("outcome")).isEqualTo("folded");
      SideBranchActionTest.assertIntact(site, 4);
      site.played().gitHub().assertNoUnexpectedRequests();
    }
  }

  @Test
  void foldsOnTheSideWhereMainIsProtectedAndSaysSoOnce() {
    try (ServedSite site = ServedSite.with(directory, "")) {
      String before = site.tip(MAIN);
      merged(site, 11);
      String merge = site.tip(MAIN);
      site.played().gitHub().protectBranch("main", "Changes must be made through a pull request.");

      ServedSite.Ran pushed = site.pushed(before, merge);

      assertThat(pushed.exit()).as(pushed.log()).isZero();
      assertThat(pushed.log())
          .contains("::notice", "must be made through a pull request")
          .doesNotContain("::error");
      assertThat(site.tip(MAIN)).isEqualTo(merge);
      assertThat(site.file(SIDE, LEDGER).lines()).hasSize(2);
      SideBranchActionTest.assertIntact(site, 2);
      String tip = site.tip(SIDE);
      ServedSite.Ran again = site.pushed(before, merge);
      assertThat(again.exit()).isZero();
      assertThat(again.log()).doesNotContain("must be made through");
      assertThat(site.tip(SIDE)).isEqualTo(tip);
    }
  }

  @Test
  void triesAgainFromTheNewTipWhereSomebodyIsFaster() {
    try (ServedSite site = ServedSite.with(directory, "")) {
      String before = site.tip(MAIN);
      merged(site, 11);
      String merge = site.tip(MAIN);
      site.played()
          .gitHub()
          .beforeNextMove(
              () -> {
                site.commit("Meanwhile", Map.of("meanwhile.txt", "yes\n"));
                site.person().text("push", "-q", "origin", "main");
              });

      ServedSite.Ran pushed = site.pushed(before, merge);

      assertThat(pushed.output("outcome")).as(pushed.log()).isEqualTo("folded");
      assertThat(site.file(MAIN, "meanwhile.txt")).isEqualTo("yes\n");
      assertThat(site.file(MAIN, LEDGER).lines()).hasSize(2);
      SideBranchActionTest.assertIntact(site, 2);
    }
  }

  @Test
  void writesNothingWhereTheLedgerIsBroken() {
    try (ServedSite site = ServedSite.with(directory, "")) {
      String before = site.tip(MAIN);
      String shard = merged(site, 11);
      site.commit("Break", Map.of("datalake/ledger.d/pr-11.jsonl", shard.replace("anna", "bert")));
      site.person().text("push", "-q", "origin", "main");
      String broken = site.tip(MAIN);

      ServedSite.Ran pushed = site.pushed(before, broken);

      assertThat(pushed.exit()).as(pushed.log()).isEqualTo(4);
      assertThat(site.tip(MAIN)).isEqualTo(broken);
      assertThat(site.has(SIDE)).isFalse();
    }
  }

  @Test
  void doesNothingOnOtherBranchesNorWithoutALedger() {
    try (ServedSite site = ServedSite.with(directory, "")) {
      String main = site.tip(MAIN);
      assertThat(site.pushed(main, main).output("outcome")).isEqualTo("skipped");
      ServedSite.Ran other = site.run("push", Payloads.push("topic", main, main));
      assertThat(other.exit()).as(other.log()).isZero();
      assertThat(other.log()).contains("not the default branch");
      assertThat(site.played().gitHub().requests()).isEmpty();
    }
  }

  @Test
  void onlySaysSoWhereTheTokenMayNotWrite() {
    try (ServedSite site = ServedSite.with(directory, "")) {
      String before = site.tip(MAIN);
      merged(site, 11);
      site.played().gitHub().makeTokenReadOnly();

      ServedSite.Ran pushed = site.pushed(before, site.tip(MAIN));

      assertThat(pushed.exit()).as(pushed.log()).isZero();
      assertThat(pushed.log()).contains("contents: write");
    }
  }

  /** Gives the lines of its shard. */
  private static String merged(ServedSite site, long number) {
    site.open(number);
    ServedSite.Ran ran = site.pullRequest("opened", number);
    assertThat(ran.exit()).as(ran.log()).isZero();
    site.followBranch(number);
    String shard =
        site.file("refs/heads/wish-" + number, "datalake/ledger.d/pr-" + number + ".jsonl");
    site.merge(number, false);
    return shard;
  }
}
