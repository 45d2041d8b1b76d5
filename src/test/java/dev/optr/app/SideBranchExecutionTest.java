package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.git.GitRepository;
import dev.optr.ledger.LedgerVerifier;
import dev.optr.testing.FakeGitHub;
import dev.optr.testing.RealGit;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executions, and signed ledgers, where anchors go to the side branch. */
final class SideBranchExecutionTest {
  private static final String SIDE = "refs/heads/optr/ledger";
  private static final String SETTINGS = "anchor: side-branch";

  @TempDir private Path directory;

  @Test
  void executesUponTheFrozenCommitInTheAction() {
    try (ServedSite site = ServedSite.with(directory, SETTINGS + "\nexecute: auto")) {
      String head = site.open(11);

      ServedSite.Ran ran = site.pullRequest("opened", 11);

      assertThat(ran.exit()).as(ran.log()).isZero();
      String executed = site.tip("refs/heads/wish-11");
      assertThat(site.parents(executed)).containsExactly(head);
      assertThat(site.file(executed, "a.txt")).isEqualTo("two\n");
      FakeGitHub.Status gate = site.played().gitHub().statuses().getLast();
      assertThat(gate.sha()).isEqualTo(executed);
      assertThat(gate.state()).isEqualTo("success");
      assertThat(site.verify("wish-11").exit()).isZero();
      // The branch carries the execution; the same head is not executed twice.
      site.followBranch(11);
      ServedSite.Ran again = site.pullRequest("synchronize", 11);
      assertThat(again.exit()).as(again.log()).isZero();
      assertThat(again.log()).contains("this commit executes the path of");
      assertThat(site.tip("refs/heads/wish-11")).isEqualTo(executed);
      site.closed(11, site.merge(11, true));
      SideBranchActionTest.assertIntact(site, 4);
    }
  }

  @Test
  void takesALocalExecutionBack() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      site.settings(SETTINGS);
      String frozen = site.repository().head();
      assertThat(site.run().exit()).isZero();
      assertThat(site.execute().exit()).isZero();
      String executed = site.repository().head();
      assertThat(RealGit.in(site.repository().directory()).text("rev-parse", "HEAD^").strip())
          .isEqualTo(frozen);

      Invocation undone = site.execute("--undo", "--json");

      assertThat(undone.exit()).as(undone.out() + undone.err()).isZero();
      assertThat(undone.document().text("outcome")).isEqualTo("reverted");
      assertThat(site.read("a.txt")).isEqualTo("one\n");
      assertThat(site.repository().uncommitted()).isEmpty();
      assertThat(RealGit.in(site.repository().directory()).text("rev-parse", "HEAD^").strip())
          .isEqualTo(executed);
      Invocation verified = site.verify("--json");
      assertThat(verified.exit()).as(verified.out()).isZero();
      assertThat(verified.document().integer("entries")).isEqualTo(4);
      assertThat(site.execute("--undo").exit()).isEqualTo(1);
    }
  }

  @Test
  void signsAnchorsLinesAndCommitsOfTheSideBranchHere() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      site.settings(SETTINGS).variable("OPTR_SIGNING_KEY", new KeyMaker(directory).key("key", 1));
      Invocation run = site.run("--json");
      assertThat(run.exit()).as(run.err()).isZero();
      String genesis = Invocation.text(site.verify("--json").document(), "genesis");
      RealGit git = RealGit.in(site.repository().directory());
      String anchor = Invocation.text(run.document(), "anchor");
      assertThat(git.text("cat-file", "-p", anchor)).contains("gpgsig -----BEGIN SSH");
      assertThat(git.text("cat-file", "-p", SIDE)).contains("gpgsig -----BEGIN SSH");

      assertThat(site.execute("--genesis", genesis).exit()).isZero();
      assertThat(site.execute("--undo", "--genesis", genesis).exit()).isZero();

      Invocation verified = site.verify("--genesis", genesis, "--json");
      assertThat(verified.exit()).as(verified.out()).isZero();
      assertThat(verified.document().text("trust")).isEqualTo("pinned");
      assertThat(verified.document().integer("entries")).isEqualTo(4);
      site.withoutVariable("OPTR_SIGNING_KEY");
      assertThat(site.run("--again").exit()).isEqualTo(2);
    }
  }

  @Test
  void signsWhatTheActionPutsOnTheSideBranch() {
    try (ServedSite site =
        ServedSite.with(directory, SETTINGS)
            .input("signing-key", new KeyMaker(directory).key("key", 1))) {
      site.open(11);
      ServedSite.Ran ran = site.pullRequest("opened", 11);
      assertThat(ran.exit()).as(ran.log()).isZero();

      ServedSite.Ran closed = site.closed(11, site.merge(11, true));

      assertThat(closed.log()).contains("#11 merged");
      assertThat(site.file(SIDE, "datalake/ledger.d/pr-11.jsonl").lines())
          .hasSize(3)
          .allMatch(line -> line.contains("\"alg\":\"ssh-ed25519\""));
      assertThat(verify(site, "unpinned").exit()).isEqualTo(5);
      Invocation verified = verify(site, "pinned", "--genesis", genesis(site));
      assertThat(verified.exit()).as(verified.out()).isZero();
      // Without the key nothing is written to a signed ledger.
      String tip = site.tip(SIDE);
      site.input("signing-key", "");
      site.open(12);
      assertThat(site.pullRequest("opened", 12).exit()).isEqualTo(2);
      assertThat(site.tip(SIDE)).isEqualTo(tip);
    }
  }

  private static String genesis(ServedSite site) {
    try (GitRepository served = site.played().served()) {
      return LedgerVerifier.genesisOf(RunLedger.at(served, site.tip(SIDE))).orElseThrow();
    }
  }

  private Invocation verify(ServedSite site, String name, String... more) {
    RealGit.in(directory).text("clone", "-q", site.played().servedDirectory().toString(), name);
    String[] arguments = new String[4 + more.length];
    System.arraycopy(new String[] {"verify", "--repo", name, "--no-remember"}, 0, arguments, 0, 4);
    System.arraycopy(more, 0, arguments, 4, more.length);
    return Invocation.of(directory, Map.of(), arguments);
  }
}
