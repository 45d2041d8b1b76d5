package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.git.GitRepository;
import dev.optr.testing.RealGit;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code optr run} with an anchor that no branch of people gets. */
final class SideBranchRunTest {
  private static final String SIDE = "refs/heads/optr/ledger";
  private static final String LEDGER = "datalake/ledger.jsonl";

  @TempDir private Path directory;

  @Test
  void leavesTheBranchAndTheWorkTreeAlone() {
    try (LocalSite site = site()) {
      String head = site.repository().head();

      Invocation run = site.run("--json");

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(site.repository().head()).isEqualTo(head);
      assertThat(site.repository().uncommitted()).isEmpty();
      String anchor = Invocation.text(run.document(), "anchor");
      try (GitRepository git = site.repository().repository()) {
        String tip = git.resolve(SIDE).orElseThrow();
        assertThat(git.parents(anchor)).containsExactly(head);
        assertThat(git.parents(tip)).hasSize(2).endsWith(anchor);
        assertThat(git.file(tip, LEDGER)).isEqualTo(git.file(anchor, LEDGER)).isPresent();
        assertThat(git.files(tip, "").stream().map(file -> file.path()))
            .containsExactly("datalake/.gitattributes", LEDGER);
        assertThat(git.file(anchor, "a.txt")).isEqualTo(git.file(head, "a.txt"));
      }
      assertIntact(site, 2);
    }
  }

  @Test
  void putsEachRunUponTheOnesBefore() {
    try (LocalSite site = site()) {
      String first = entry(site.run("--json"));
      String second = entry(site.run("--intent", "Other", "--json"));
      assertThat(site.run("--base", "HEAD~0", "--intent", "Third").exit()).isZero();

      assertThat(second).isNotEqualTo(first);
      Invocation verified = assertIntact(site, 4);
      assertThat(verified.document().array("heads")).hasSize(1);
      assertThat(line(site, second)).contains("\"parents\":[\"" + first + "\"]");
      assertThat(RealGit.in(site.repository().directory()).text("fsck", "--strict")).isEmpty();
    }
  }

  @Test
  void asksNobodyAgainAboutTheSameInput() {
    try (LocalSite site = site()) {
      Invocation first = site.run("--json");
      String tip = tip(site);

      Invocation again = site.run("--json");

      assertThat(again.exit()).as(again.err()).isZero();
      assertThat(again.err()).contains("decided this very input");
      assertThat(entry(again)).isEqualTo(entry(first));
      assertThat(Invocation.text(again.document(), "anchor"))
          .isEqualTo(Invocation.text(first.document(), "anchor"));
      site.run("--intent", "Other");
      assertThat(Invocation.text(site.run("--json").document(), "anchor"))
          .isEqualTo(Invocation.text(first.document(), "anchor"));
      assertThat(tip(site)).isNotEqualTo(tip);
    }
  }

  @Test
  void decidesAboutAnotherCommitThanHead() {
    try (LocalSite site = site()) {
      String before = site.repository().head();
      site.repository().commit("More", Map.of("b.txt", "two\n"));

      Invocation run = site.run("--base", before, "--json");

      assertThat(run.exit()).as(run.err()).isZero();
      try (GitRepository git = site.repository().repository()) {
        assertThat(git.parents(Invocation.text(run.document(), "anchor"))).containsExactly(before);
      }
      assertIntact(site, 2);
    }
  }

  @Test
  void takesTheLedgerOfTheBranchAlong() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      assertThat(site.run().exit()).isZero();
      String own = site.read(LEDGER);
      site.settings("anchor: side-branch");

      Invocation run = site.run("--intent", "Other", "--json");

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(site.read(LEDGER)).isEqualTo(own);
      try (GitRepository git = site.repository().repository()) {
        assertThat(git.file(tip(site), LEDGER).orElseThrow().utf8()).startsWith(own);
      }
      assertIntact(site, 3);
      // The branch goes on by itself, and neither lacks what the other has.
      site.replaceSettings("anchor: side-branch", "anchor: pull-request");
      assertThat(site.run("--intent", "Third").exit()).isZero();
      site.replaceSettings("anchor: pull-request", "anchor: side-branch");
      assertThat(site.run("--intent", "Fourth").exit()).isZero();
      Invocation verified = assertIntact(site, 5);
      assertThat(verified.document().array("heads")).hasSize(1);
    }
  }

  @Test
  void goesOnWithTheBranchThatWasFetched() {
    try (LocalSite site = site()) {
      site.run();
      String tip = tip(site);
      RealGit git = RealGit.in(site.repository().directory());
      git.text("update-ref", "refs/remotes/origin/optr/ledger", tip);
      git.text("branch", "-q", "-D", "optr/ledger");

      assertThat(site.run("--intent", "Other").exit()).isZero();

      try (GitRepository repository = site.repository().repository()) {
        assertThat(repository.parents(tip(site))).startsWith(tip);
      }
      assertIntact(site, 3);
    }
  }

  @Test
  void asksNobodyWhereTheSideBranchIsBroken() {
    try (LocalSite site = site()) {
      site.run();
      RealGit git = RealGit.in(site.repository().directory());
      git.text("config", "user.name", "Ada");
      git.text("config", "user.email", "ada@example.org");
      git.text("checkout", "-q", "optr/ledger");
      site.repository().commit("Break", Map.of(LEDGER, "{}\n"));
      git.text("checkout", "-q", "main");
      String tip = tip(site);

      Invocation refused = site.run("--intent", "Other");

      assertThat(refused.exit()).as(refused.err()).isEqualTo(4);
      assertThat(refused.err()).doesNotContain(": asked");
      assertThat(tip(site)).isEqualTo(tip);
    }
  }

  @Test
  void isSeenToBeTamperedWithWhereALineGoes() {
    try (LocalSite site = site()) {
      site.run();
      RealGit git = RealGit.in(site.repository().directory());
      git.text("checkout", "-q", "optr/ledger");
      String genesis = site.read(LEDGER).lines().findFirst().orElseThrow() + "\n";
      site.repository().commit("Forget", Map.of(LEDGER, genesis));
      git.text("checkout", "-q", "main");

      Invocation verified = site.verify("--json");

      assertThat(verified.exit()).as(verified.out()).isEqualTo(4);
      assertThat(LedgerSite.codes(verified, "findings")).containsOnly("E_NOT_PREFIX");
    }
  }

  @Test
  void leavesEverythingInTheWorkTreeWithoutAnAnchor() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory).settings("anchor: none")) {
      String head = site.repository().head();

      Invocation run = site.run("--json");

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(Invocation.isNull(run.document(), "anchor")).isTrue();
      assertThat(site.repository().head()).isEqualTo(head);
      assertThat(site.has("datalake/workflows/wish/optr-selection.json")).isTrue();
      assertThat(site.read(LEDGER)).contains(entry(run));
      try (GitRepository git = site.repository().repository()) {
        assertThat(git.resolve(SIDE)).isEmpty();
      }
    }
  }

  private LocalSite site() {
    return LocalSite.withTwoGoodAgents(directory).settings("anchor: side-branch");
  }

  private static String entry(Invocation run) {
    assertThat(run.exit()).as(run.err()).isZero();
    return Invocation.text(run.document(), "ledgerEntry");
  }

  private static String tip(LocalSite site) {
    try (GitRepository git = site.repository().repository()) {
      return git.resolve(SIDE).orElseThrow();
    }
  }

  private static String line(LocalSite site, String entry) {
    try (GitRepository git = site.repository().repository()) {
      return git.file(git.resolve(SIDE).orElseThrow(), LEDGER)
          .orElseThrow()
          .utf8()
          .lines()
          .filter(line -> line.contains("\"id\":\"" + entry + "\""))
          .findFirst()
          .orElseThrow();
    }
  }

  private static Invocation assertIntact(LocalSite site, long entries) {
    Invocation verified = site.verify("--json");
    assertThat(verified.exit()).as(verified.out() + verified.err()).isZero();
    assertThat(verified.document().integer("entries")).isEqualTo(entries);
    List<String> warnings = LedgerSite.codes(verified, "warnings");
    assertThat(warnings).doesNotContain("W_UNANCHORED", "W_UNREACHABLE", "W_RESTORED", "W_DRIFT");
    return verified;
  }
}
