package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.testing.FakeGitHub;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outcomes that no event told, found by a schedule. */
final class SweepTest {
  private static final String SIDE = "refs/heads/optr/ledger";
  private static final Instant LATER = Instant.parse("2026-11-23T10:00:00Z");

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"anchor: side-branch", ""})
  void recordsAllInOneCommitAndThenNothing(String settings) {
    try (ServedSite site = ServedSite.with(directory, settings)) {
      for (long number = 11; number <= 13; number++) {
        decided(site, number);
      }
      String merge = site.merge(11, true);
      site.played().gitHub().pullRequests().close(11, merge, LATER);
      site.played().gitHub().pullRequests().close(12, null, LATER);
      int before = site.played().gitHub().requests().size();

      ServedSite.Ran swept = sweep(site);

      assertThat(swept.exit()).as(swept.log()).isZero();
      assertThat(swept.log()).contains("#11 merged", "#12 closed").doesNotContain("#13");
      assertThat(outcomes(site, 11)).singleElement().asString().contains(merge);
      assertThat(outcomes(site, 12)).hasSize(1);
      assertThat(outcomes(site, 13)).isEmpty();
      assertThat(site.played().gitHub().requests().size() - before).isLessThan(40);
      site.played().gitHub().assertNoUnexpectedRequests();
      SideBranchActionTest.assertIntact(site, settings.isEmpty() ? 5 : 6);
      String tip = site.tip(SIDE);
      assertThat(sweep(site).output("outcome")).isEqualTo("skipped");
      assertThat(site.tip(SIDE)).isEqualTo(tip);
    }
  }

  @Test
  void passesByABranchWhoseLedgerSomebodyBroke() {
    try (ServedSite site = ServedSite.with(directory, "")) {
      decided(site, 11);
      decided(site, 12);
      site.person().text("fetch", "-q", "origin");
      site.person().text("checkout", "-q", "-B", "broken", "origin/wish-11");
      String shard = "datalake/ledger.d/pr-11.jsonl";
      site.commit(
          "Break", Map.of(shard, site.file("refs/heads/wish-11", shard).replace("anna", "bert")));
      site.push(11);
      site.played().gitHub().pullRequests().close(11, null, LATER);
      site.played().gitHub().pullRequests().close(12, null, LATER);

      ServedSite.Ran swept = sweep(site);

      assertThat(swept.exit()).as(swept.log()).isZero();
      assertThat(swept.log()).contains("::warning", "#11 closed, but it is not recorded");
      assertThat(outcomes(site, 12)).hasSize(1);
      assertThat(outcomes(site, 11)).isEmpty();
    }
  }

  @Test
  void asksForTwentyAtMost() {
    try (ServedSite site = ServedSite.with(directory, "")) {
      decided(site, 11);
      String head = site.head(11);
      for (long number = 30; number < 60; number++) {
        site.headIs(number, head);
        site.played().gitHub().openPullRequest(number, "wish-" + number, head);
        site.played().gitHub().pullRequests().close(number, null, LATER);
      }

      ServedSite.Ran swept = sweep(site);

      assertThat(swept.exit()).as(swept.log()).isZero();
      assertThat(site.played().gitHub().requestLines().stream())
          .filteredOn(line -> line.matches("GET .*/pulls/\\d+"))
          .hasSizeLessThanOrEqualTo(SweepRun.MOST);
    }
  }

  @Test
  void doesNothingWithoutALedger() {
    try (ServedSite site = ServedSite.with(directory, "")) {
      ServedSite.Ran swept = sweep(site);

      assertThat(swept.exit()).as(swept.log()).isZero();
      assertThat(swept.output("outcome")).isEqualTo("skipped");
      assertThat(site.has(SIDE)).isFalse();
    }
  }

  private static ServedSite.Ran sweep(ServedSite site) {
    return site.run("schedule", "{\"schedule\": \"17 4 * * *\"}");
  }

  private static void decided(ServedSite site, long number) {
    site.open(number);
    ServedSite.Ran ran = site.pullRequest("opened", number);
    assertThat(ran.exit()).as(ran.log()).isZero();
    site.followBranch(number);
    site.played()
        .gitHub()
        .openPullRequest(
            number, "wish-" + number, site.head(number), "main", false, FakeGitHub.REPOSITORY_ID);
  }

  private static List<String> outcomes(ServedSite site, long number) {
    return site.file(SIDE, "datalake/ledger.d/pr-" + number + ".jsonl")
        .lines()
        .filter(line -> line.contains("\"type\":\"outcome\""))
        .toList();
  }
}
