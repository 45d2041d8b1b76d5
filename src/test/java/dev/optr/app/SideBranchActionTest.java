package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.testing.FakeGitHub;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Action with anchors that no branch of people gets. */
final class SideBranchActionTest {
  private static final String SIDE = "refs/heads/optr/ledger";

  @TempDir private Path directory;

  @Test
  void keepsTheAnchorAndNeverMovesTheHead() {
    try (ServedSite site = ServedSite.with(directory, "anchor: side-branch")) {
      String head = site.open(11);

      ServedSite.Ran ran = site.pullRequest("opened", 11);

      assertThat(ran.exit()).as(ran.log()).isZero();
      String anchor = ran.output("anchor-sha");
      assertThat(site.tip("refs/heads/wish-11")).isEqualTo(head);
      assertThat(site.parents(anchor)).containsExactly(head);
      assertThat(site.parents(site.tip(SIDE))).hasSize(2).endsWith(anchor);
      assertThat(site.file(SIDE, "datalake/ledger.d/pr-11.jsonl"))
          .isEqualTo(site.file(anchor, "datalake/ledger.d/pr-11.jsonl"))
          .contains(ran.output("ledger-entry"));
      FakeGitHub.Status last = site.played().gitHub().statuses().getLast();
      assertThat(last.sha()).isEqualTo(head);
      assertThat(last.state()).isNotEqualTo("pending");
      assertIntact(site, 2);
      site.played().gitHub().assertNoUnexpectedRequests();
    }
  }

  @Test
  void asksNobodyAgainAndGoesOnWithTheOthersLines() {
    try (ServedSite site = ServedSite.with(directory, "anchor: side-branch")) {
      site.open(11);
      site.open(12);
      ServedSite.Ran first = site.pullRequest("opened", 11);
      ServedSite.Ran other = site.pullRequest("opened", 12);
      String tip = site.tip(SIDE);

      ServedSite.Ran again = site.pullRequest("reopened", 11);

      assertThat(again.exit()).as(again.log()).isZero();
      assertThat(again.output("anchor-sha")).isEqualTo(first.output("anchor-sha"));
      assertThat(again.log()).contains("nobody was asked again");
      assertThat(site.tip(SIDE)).isEqualTo(tip);
      assertThat(site.file(SIDE, "datalake/ledger.d/pr-12.jsonl"))
          .contains("\"parents\":[\"" + first.output("ledger-entry") + "\"]")
          .contains(other.output("ledger-entry"));
      assertIntact(site, 3);
      // A push is another input; its line joins the pull request's own.
      site.person().text("checkout", "-q", "wish-11");
      site.commit("More", Map.of("more.txt", "more\n"));
      site.push(11);
      ServedSite.Ran more = site.pullRequest("synchronize", 11);
      assertThat(more.exit()).as(more.log()).isZero();
      assertThat(more.output("anchor-sha")).isNotEqualTo(first.output("anchor-sha"));
      assertIntact(site, 4);
    }
  }

  @Test
  void isRefusedWhereTheBranchIsProtected() {
    try (ServedSite site = ServedSite.with(directory, "anchor: side-branch")) {
      site.open(11);
      site.pullRequest("opened", 11);
      site.open(12);
      site.played().gitHub().protectBranch("optr/ledger", "Repository rule violations found");
      String tip = site.tip(SIDE);

      ServedSite.Ran ran = site.pullRequest("opened", 12);

      assertThat(ran.exit()).as(ran.log()).isEqualTo(3);
      assertThat(ran.log()).contains("Repository rule violations found");
      assertThat(site.tip(SIDE)).isEqualTo(tip);
      assertThat(site.played().gitHub().statuses().getLast().state()).isEqualTo("error");
    }
  }

  @Test
  void writesNothingAndStaysRedWhereTheSideBranchIsBroken() {
    try (ServedSite site = ServedSite.with(directory, "anchor: side-branch")) {
      site.open(11);
      site.pullRequest("opened", 11);
      site.person().text("fetch", "-q", "origin");
      site.person().text("checkout", "-q", "-b", "forged", "origin/optr/ledger");
      site.commit("Forge", Map.of("datalake/ledger.d/pr-11.jsonl", "{}\n"));
      site.person().text("push", "-q", "origin", "HEAD:refs/heads/optr/ledger");
      String tip = site.tip(SIDE);
      site.open(12);

      ServedSite.Ran ran = site.pullRequest("opened", 12);

      assertThat(ran.exit()).as(ran.log()).isEqualTo(4);
      assertThat(site.tip(SIDE)).isEqualTo(tip);
      assertThat(site.played().gitHub().statuses().getLast().state()).isEqualTo("failure");
    }
  }

  @Test
  void leavesDocumentsOnTheRunnerWithoutAnAnchor() {
    try (ServedSite site = ServedSite.with(directory, "anchor: none")) {
      String head = site.open(11);

      ServedSite.Ran ran = site.pullRequest("opened", 11);

      assertThat(ran.exit()).as(ran.log()).isZero();
      assertThat(ran.output("anchor-sha")).isEmpty();
      assertThat(site.tip("refs/heads/wish-11")).isEqualTo(head);
      assertThat(site.has(SIDE)).isFalse();
      Path documents = directory.resolve("played/runner-1/runner_temp/optr/documents/datalake");
      assertThat(documents.resolve("ledger.d/pr-11.jsonl"))
          .content()
          .contains(ran.output("ledger-entry"));
      assertThat(documents.resolve("workflows/widgets-pr-11/optr-selection.json")).exists();
      assertThat(site.played().gitHub().statuses().getLast().sha()).isEqualTo(head);
    }
  }

  static void assertIntact(ServedSite site, long entries) {
    Invocation verified = site.verify();
    assertThat(verified.exit()).as(verified.out() + verified.err()).isZero();
    assertThat(verified.document().integer("entries")).as(verified.out()).isEqualTo(entries);
    List<String> warnings = LedgerSite.codes(verified, "warnings");
    assertThat(warnings).doesNotContain("W_UNANCHORED", "W_UNREACHABLE", "W_RESTORED");
  }
}
