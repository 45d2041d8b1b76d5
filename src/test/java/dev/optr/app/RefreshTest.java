package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.testing.FakeGitHub;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pull requests that all append to one ledger file, brought up to date after each merge. */
final class RefreshTest {
  private static final String MAIN = "refs/heads/main";
  private static final String LEDGER = "datalake/ledger.jsonl";
  private static final String SINGLE = "ledger: {layout: single}";

  @TempDir private Path directory;

  @Test
  void mergesTheDefaultBranchWithItsLedgerFirst() {
    try (ServedSite site = ServedSite.with(directory, SINGLE)) {
      List<String> entries = decided(site, 11, 12);
      String head = site.head(12);
      String before = site.tip(MAIN);
      String merge = merged(site, 11, false);
      String ledger = site.file(MAIN, LEDGER);

      ServedSite.Ran pushed = site.pushed(before, merge);

      assertThat(pushed.exit()).as(pushed.log()).isZero();
      assertThat(pushed.output("outcome")).isEqualTo("refreshed");
      assertThat(pushed.log()).contains("#12 conflicted with 'main' in the ledger alone");
      String refreshed = site.tip("refs/heads/wish-12");
      assertThat(site.parents(refreshed)).containsExactly(head, merge);
      assertThat(site.file(refreshed, LEDGER)).startsWith(ledger).contains(entries);
      assertThat(site.file(refreshed, LEDGER).lines()).hasSize(3);
      assertThat(site.file(refreshed, "wish-11.txt")).isEqualTo("please\n");
      assertThat(site.file(refreshed, "wish-12.txt")).isEqualTo("please\n");
      assertThat(site.file(refreshed, "datalake/workflows/widgets-pr-12/optr-selection.json"))
          .isEqualTo(site.file(head, "datalake/workflows/widgets-pr-12/optr-selection.json"))
          .isNotEmpty();
      assertNoMore(site, refreshed);
      // Once more there is nothing to do.
      follow(site, 12);
      assertThat(site.pushed(before, merge).output("outcome")).isEqualTo("skipped");
      assertThat(site.tip("refs/heads/wish-12")).isEqualTo(refreshed);
      assertVerified(site, "wish-12");
      site.played().gitHub().assertNoUnexpectedRequests();
    }
  }

  /** The verdict was about the commit before: this one is red, with what to do. */
  private static void assertNoMore(ServedSite site, String refreshed) {
    assertThat(site.played().gitHub().statuses())
        .filteredOn(status -> status.sha().equals(refreshed))
        .singleElement()
        .satisfies(
            status -> {
              assertThat(status.state()).isEqualTo("failure");
              assertThat(status.context()).isEqualTo("optr/gate");
              assertThat(status.description())
                  .startsWith("not examined since it was brought up to date")
                  .contains("/optr run", "#12 into main");
            });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void endsInALedgerThatIsWholeAfterSeveralMerges(boolean squash) {
    try (ServedSite site = ServedSite.with(directory, SINGLE)) {
      decided(site, 11, 12, 13, 14);
      for (long number = 11; number <= 14; number++) {
        String before = site.tip(MAIN);
        String merge = merged(site, number, squash);
        assertThat(site.closed(number, merge).log()).contains("#" + number + " merged");
        ServedSite.Ran pushed = site.pushed(before, merge);
        assertThat(pushed.exit()).as(pushed.log()).isZero();
        for (long open = number + 1; open <= 14; open++) {
          follow(site, open);
        }
        if (number == 12) {
          // Examined anew, and asked anew: another commit is another input.
          ServedSite.Ran again = site.pullRequest("synchronize", 13);
          assertThat(again.exit()).as(again.log()).isZero();
          follow(site, 13);
        }
      }

      Invocation verified = site.verify();
      assertThat(verified.exit()).as(verified.out()).isZero();
      // Genesis, five runs, four outcomes.
      assertThat(verified.document().integer("entries")).as(verified.out()).isEqualTo(10);
      assertThat(LedgerSite.codes(verified, "warnings"))
          .doesNotContain("W_UNANCHORED", "W_UNREACHABLE", "W_RESTORED");
      assertThat(site.file(MAIN, LEDGER).lines()).hasSize(6);
    }
  }

  @Test
  void leavesAloneWhatConflictsInMoreThanTheLedger() {
    try (ServedSite site = ServedSite.with(directory, SINGLE)) {
      decided(site, 11);
      site.open(12);
      site.commit("Also", Map.of("wish-11.txt", "another\n"));
      site.push(12);
      assertThat(site.pullRequest("opened", 12).exit()).isZero();
      follow(site, 12);
      String head = site.head(12);
      String before = site.tip(MAIN);
      String merge = merged(site, 11, false);

      ServedSite.Ran pushed = site.pushed(before, merge);

      assertThat(pushed.exit()).as(pushed.log()).isZero();
      assertThat(pushed.log())
          .contains("#12 is not brought up to date", "it conflicts in wish-11.txt");
      assertThat(site.tip("refs/heads/wish-12")).isEqualTo(head);
    }
  }

  @Test
  void mergesWhatBothChangedInDifferentPlaces() {
    try (ServedSite site = ServedSite.with(directory, SINGLE)) {
      site.person().text("checkout", "-q", "main");
      site.commit("Text", Map.of("text.txt", "1\n2\n3\n4\n5\n6\n7\n"));
      site.person().text("push", "-q", "origin", "main");
      site.open(11);
      site.commit("Top", Map.of("text.txt", "one\n2\n3\n4\n5\n6\n7\n"));
      site.push(11);
      site.open(12);
      site.commit("Bottom", Map.of("text.txt", "1\n2\n3\n4\n5\n6\nseven\neight"));
      site.push(12);
      for (long number = 11; number <= 12; number++) {
        assertThat(site.pullRequest("opened", number).exit()).isZero();
        follow(site, number);
      }
      String before = site.tip(MAIN);

      ServedSite.Ran pushed = site.pushed(before, merged(site, 11, true));

      assertThat(pushed.output("outcome")).as(pushed.log()).isEqualTo("refreshed");
      assertThat(site.file("refs/heads/wish-12", "text.txt"))
          .isEqualTo("one\n2\n3\n4\n5\n6\nseven\neight");
    }
  }

  @Test
  void leavesABranchThatSomebodyPushesToMeanwhile() {
    try (ServedSite site = ServedSite.with(directory, SINGLE)) {
      decided(site, 11, 12);
      String before = site.tip(MAIN);
      String merge = merged(site, 11, false);
      site.played()
          .gitHub()
          .beforeNextMove(
              () -> {
                site.person().text("checkout", "-q", "-B", "mine", "origin/wish-12");
                site.commit("Mine", Map.of("mine.txt", "mine\n"));
                site.person().text("push", "-q", "origin", "HEAD:refs/heads/wish-12");
              });

      ServedSite.Ran pushed = site.pushed(before, merge);

      assertThat(pushed.exit()).as(pushed.log()).isZero();
      assertThat(site.file("refs/heads/wish-12", "mine.txt")).isEqualTo("mine\n");
      assertThat(site.file("refs/heads/wish-12", LEDGER).lines()).hasSize(2);
    }
  }

  @Test
  void touchesNoForkNoBrokenLedgerAndNothingUnderTheOtherLayout() {
    try (ServedSite site = ServedSite.with(directory, SINGLE)) {
      decided(site, 11, 12, 13);
      site.played().gitHub().openPullRequest(12, "wish-12", site.head(12), "main", false, 99);
      site.person().text("fetch", "-q", "origin");
      site.person().text("checkout", "-q", "-B", "broken", "origin/wish-13");
      site.commit(
          "Break", Map.of(LEDGER, site.file("refs/heads/wish-13", LEDGER).replace("anna", "bert")));
      site.push(13);
      List<String> heads = List.of(site.head(12), site.head(13));
      String before = site.tip(MAIN);

      ServedSite.Ran pushed = site.pushed(before, merged(site, 11, false));

      assertThat(pushed.exit()).as(pushed.log()).isZero();
      assertThat(pushed.log())
          .doesNotContain("#12 ")
          .contains("#13 is not brought up to date with 'main'");
      assertThat(List.of(site.tip("refs/heads/wish-12"), site.tip("refs/heads/wish-13")))
          .isEqualTo(heads);
    }
  }

  @Test
  void pushesWhereTheServerHasNoGitDataAndSetsTheStatusThen() {
    try (ServedSite site = ServedSite.with(directory, SINGLE)) {
      decided(site, 11, 12);
      String before = site.tip(MAIN);
      String merge = merged(site, 11, false);
      GitDataOutage.of(site.played().gitHub());

      ServedSite.Ran pushed = site.pushed(before, merge);

      assertThat(pushed.output("outcome")).as(pushed.log()).isEqualTo("refreshed");
      String refreshed = site.tip("refs/heads/wish-12");
      assertThat(site.parents(refreshed)).endsWith(merge);
      FakeGitHub.Status status = site.played().gitHub().statuses().getLast();
      assertThat(status.sha()).isEqualTo(refreshed);
      assertThat(status.state()).isEqualTo("failure");
      assertVerified(site, "wish-12");
    }
  }

  private static List<String> decided(ServedSite site, long... numbers) {
    for (long number : numbers) {
      site.open(number);
    }
    List<String> entries = new ArrayList<>();
    for (long number : numbers) {
      ServedSite.Ran ran = site.pullRequest("opened", number);
      assertThat(ran.exit()).as(ran.log()).isZero();
      entries.add(ran.output("ledger-entry"));
      follow(site, number);
    }
    return entries;
  }

  private static void follow(ServedSite site, long number) {
    site.followBranch(number);
    site.played().gitHub().openPullRequest(number, "wish-" + number, site.head(number));
  }

  private static String merged(ServedSite site, long number, boolean squash) {
    site.played().gitHub().pullRequests().close(number, null, Instant.EPOCH);
    return site.merge(number, squash);
  }

  /** On a clone in which the branch is checked out, so that the default branch is another one. */
  private static void assertVerified(ServedSite site, String branch) {
    Invocation verified = site.verify(branch);
    assertThat(verified.exit()).as(verified.out() + verified.err()).isZero();
  }
}
