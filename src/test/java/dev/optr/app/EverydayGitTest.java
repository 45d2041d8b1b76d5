package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.optr.testing.RealGit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What teams do with git, and what {@code optr verify} says of it. */
final class EverydayGitTest {
  private static final String LEDGER = "datalake/ledger.jsonl";
  private static final String SELECTION = "datalake/workflows/wish/optr-selection.json";

  @TempDir private Path directory;

  @BeforeEach
  void git() {
    assumeTrue(RealGit.isPresent(), "git does what teams do with it");
  }

  @Test
  void aSquashIsNoTampering() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      decideOnTopic(site);
      RealGit git = person(site);
      git.text("checkout", "-q", "main");
      git.text("merge", "-q", "--squash", "topic");
      git.text(
          "commit", "-q", "-m", "Fix it (#7)\n\n" + git.text("log", "-1", "--format=%b", "topic"));
      git.text("branch", "-q", "-D", "topic");
      git.text("reflog", "expire", "--expire=now", "--all");
      git.text("gc", "-q", "--prune=now");

      Invocation verified = site.verify("--json");

      assertOk(verified);
      assertThat(codes(verified, "warnings")).contains("W_UNREACHABLE");
    }
  }

  @Test
  void aRebaseIsNoTampering() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      decideOnTopic(site);
      RealGit git = person(site);
      git.text("checkout", "-q", "main");
      site.repository().commit("Go on elsewhere", Map.of("c.txt", "two\n"));
      git.text("checkout", "-q", "topic");
      git.text("rebase", "-q", "main");

      Invocation verified = site.verify("--json");

      assertOk(verified);
      assertThat(codes(verified, "warnings")).contains("W_UNREACHABLE");
    }
  }

  @Test
  void aMergedBranchThatIsDeletedKeepsItsAnchors() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      decideOnTopic(site);
      RealGit git = person(site);
      git.text("checkout", "-q", "main");
      git.text("merge", "-q", "--no-ff", "-m", "Merge topic", "topic");
      git.text("branch", "-q", "-D", "topic");
      git.text("gc", "-q", "--prune=now");

      Invocation verified = site.verify("--json");

      assertOk(verified);
      assertThat(codes(verified, "warnings")).doesNotContain("W_UNREACHABLE", "W_UNANCHORED");
    }
  }

  @Test
  void aForcePushThatSetsTheBranchBackIsSeenByWhoRemembers() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      site.variable("XDG_STATE_HOME", directory.resolve("state").toString());
      assertThat(site.run().exit()).isZero();
      String anchor = site.repository().head();
      assertOk(site.verify("--json"));
      RealGit git = person(site);
      site.run("--intent", "Another wish");
      assertOk(site.verify("--json"));
      git.text("reset", "-q", "--hard", anchor);

      Invocation remembered = site.verify("--json");
      Invocation forgetful = site.verify("--no-remember", "--json");

      assertThat(remembered.exit()).as(remembered.out()).isEqualTo(4);
      assertThat(codes(remembered, "findings")).containsOnly("E_ROLLBACK").hasSize(2);
      assertOk(forgetful);
      assertThat(codes(forgetful, "warnings")).contains("W_NO_OUTSIDE_MEMORY");
    }
  }

  @Test
  void anotherBranchIsNoRollback() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      site.variable("XDG_STATE_HOME", directory.resolve("state").toString());
      assertThat(site.run().exit()).isZero();
      String anchor = site.repository().head();
      site.run("--intent", "Another wish");
      assertOk(site.verify("--json"));
      person(site).text("checkout", "-q", "-b", "older", anchor);

      assertOk(site.verify("--json"));
    }
  }

  @Test
  void anOctopusOfBranchesIsReadWhole() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      assertThat(site.run().exit()).isZero();
      RealGit git = person(site);
      for (String topic : List.of("one", "two", "three")) {
        git.text("checkout", "-q", "-b", topic, "main");
        site.repository().commit("Work on " + topic, Map.of(topic + ".txt", "1\n"));
      }
      git.text("checkout", "-q", "main");
      git.text("merge", "-q", "--no-ff", "-m", "Merge all", "one", "two", "three");

      assertOk(site.verify("--json"));
    }
  }

  @Test
  void aMergeThatDropsTheLinesOfItsBranchIsTampering() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      assertThat(site.run().exit()).isZero();
      RealGit git = person(site);
      git.text("checkout", "-q", "-b", "topic");
      site.run("--intent", "Another wish");
      git.text("checkout", "-q", "main");
      site.repository().commit("Go on elsewhere", Map.of("c.txt", "two\n"));
      git.text("merge", "-q", "-s", "ours", "-m", "Merge topic", "topic");

      Invocation verified = site.verify("--json");

      assertThat(verified.exit()).as(verified.out()).isEqualTo(4);
      assertThat(codes(verified, "findings")).containsExactly("E_NOT_PREFIX");
      assertThat(Invocation.objects(verified.document(), "findings").getFirst().text("commit"))
          .isEqualTo(site.repository().head());
    }
  }

  @Test
  void aLedgerThatIsDeletedIsTamperingAndARestoredOneIsNot() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      assertThat(site.run().exit()).isZero();
      String ledger = site.read(LEDGER);
      site.repository().delete("Tidy up", LEDGER);

      Invocation deleted = site.verify("--json");
      assertThat(deleted.exit()).as(deleted.out()).isEqualTo(4);
      assertThat(codes(deleted, "findings")).containsOnly("E_NOT_PREFIX").hasSize(2);

      site.repository().commit("Restore", Map.of(LEDGER, ledger));
      Invocation restored = site.verify("--json");
      assertOk(restored);
      assertThat(codes(restored, "warnings")).contains("W_RESTORED");
    }
  }

  @Test
  void otherLineEndsAreDamageUntilTheyAreRepaired() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      assertThat(site.run().exit()).isZero();
      String ledger = site.read(LEDGER);
      site.repository().commit("Convert", Map.of(LEDGER, ledger.replace("\n", "\r\n")));

      Invocation damaged = site.verify("--json");
      assertThat(damaged.exit()).as(damaged.out()).isEqualTo(4);
      assertThat(codes(damaged, "findings")).contains("E_NOT_CANONICAL", "E_NOT_PREFIX");

      site.repository().commit("Convert back", Map.of(LEDGER, ledger));
      assertOk(site.verify("--json"));
    }
  }

  @Test
  void aBranchThatBeganBeforeTheLedgerHasNone() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      String start = site.repository().head();
      assertThat(site.run().exit()).isZero();
      RealGit git = person(site);
      git.text("checkout", "-q", "-b", "old", start);
      Invocation old = site.verify("--json");
      assertThat(old.exit()).as(old.out()).isEqualTo(5);
      assertThat(codes(old, "findings")).isEmpty();

      site.repository().commit("Work", Map.of("c.txt", "two\n"));
      git.text("merge", "-q", "--no-ff", "-m", "Merge main", "main");
      assertOk(site.verify("--json"));
    }
  }

  @Test
  void aPartialCloneDecidesNothing() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      assertThat(site.run().exit()).isZero();
      person(site).text("config", "uploadpack.allowFilter", "true");
      RealGit.in(directory)
          .text(
              "clone",
              "-q",
              "--bare",
              "--filter=blob:none",
              "file://" + site.repository().directory(),
              "partial");

      Invocation verified =
          Invocation.of(directory, site.environment(), "verify", "--repo", "partial", "--json");

      assertThat(verified.exit()).as(verified.out() + verified.err()).isEqualTo(5);
      assertThat(verified.document().text("result")).isEqualTo("undecided");
      assertThat(codes(verified, "warnings")).contains("W_UNREACHABLE");
    }
  }

  @Test
  void theSideBranchIsReadTogetherWithHead() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      assertThat(site.run().exit()).isZero();
      RealGit git = person(site);
      git.text("checkout", "-q", "-b", "topic");
      String entry =
          Invocation.text(site.run("--intent", "Other", "--json").document(), "ledgerEntry");
      String ledger = site.read(LEDGER);
      git.text("checkout", "-q", "--orphan", "optr/ledger");
      git.text("rm", "-rfq", ".");
      site.repository().commit("Keep", Map.of(LEDGER, ledger));
      git.text("checkout", "-q", "main");
      git.text("branch", "-q", "-D", "topic");

      Invocation verified = site.verify("--json");

      assertOk(verified);
      assertThat(verified.document().integer("entries")).isEqualTo(3);
      assertThat(String.valueOf(verified.document().get("heads"))).contains(entry);
      assertThat(codes(verified, "warnings")).doesNotContain("W_DRIFT");
    }
  }

  @Test
  void driftIsAnErrorWhereOneIsStrict() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      assertThat(site.run().exit()).isZero();
      site.repository().commit("Change", Map.of(SELECTION, "{}\n"));

      assertOk(site.verify("--json"));
      Invocation strict = site.verify("--strict", "--json");

      assertThat(strict.exit()).as(strict.out()).isEqualTo(4);
      assertThat(codes(strict, "findings")).containsExactly("W_DRIFT");
    }
  }

  @Test
  void aKnownAnchorMustStillBeThere() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      assertThat(site.run().exit()).isZero();
      String first = site.repository().head();
      site.run("--intent", "Another wish");
      String second = site.repository().head();
      Invocation known = site.verify("--anchor", second, "--json");
      assertOk(known);
      assertThat(codes(known, "warnings")).doesNotContain("W_NO_OUTSIDE_MEMORY");
      assertOk(site.verify("--anchor", second.substring(0, 12), "--json"));

      person(site).text("reset", "-q", "--hard", first);
      Invocation back = site.verify("--anchor", second, "--json");
      assertThat(back.exit()).as(back.out()).isEqualTo(4);
      assertThat(codes(back, "findings")).containsOnly("E_ROLLBACK");
      Invocation gone = site.verify("--anchor", "9".repeat(40), "--json");
      assertThat(gone.exit()).as(gone.out()).isEqualTo(4);
      assertThat(codes(gone, "findings")).containsExactly("E_ROLLBACK");

      assertThat(site.verify("--anchor", "nonsense").exit()).isEqualTo(2);
      Invocation none = site.verify("--anchor", "HEAD~1");
      assertThat(none.exit()).isEqualTo(2);
    }
  }

  @Test
  void aMemoryThatCannotBeKeptFailsNothing() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      site.variable("XDG_STATE_HOME", file.toString());
      assertThat(site.run().exit()).isZero();

      Invocation verified = site.verify("--json");

      assertOk(verified);
      assertThat(verified.err()).contains("is not remembered");
    }
  }

  @Test
  void whatIsRememberedIsPrivateAndOnePerGenesis() throws Exception {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      site.variable("XDG_STATE_HOME", directory.resolve("state").toString());
      assertThat(site.run().exit()).isZero();
      Invocation verified = site.verify("--json");
      assertOk(verified);

      Path file =
          directory.resolve(
              "state/optr/" + Invocation.text(verified.document(), "genesis") + ".json");
      assertThat(file).exists();
      assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
      assertThat(Files.readString(file)).contains(site.repository().head(), "\"main\"");
      assertThat(codes(site.verify("--json"), "warnings")).doesNotContain("W_NO_OUTSIDE_MEMORY");

      site.variable("GITHUB_ACTIONS", "true");
      Files.delete(file);
      assertOk(site.verify("--json"));
      assertThat(file).doesNotExist();
    }
  }

  @Test
  void anOlderGenesisOnTheDefaultBranchCounts() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      String start = site.repository().head();
      assertThat(site.run().exit()).isZero();
      RealGit git = person(site);
      git.text("update-ref", "refs/remotes/origin/main", "HEAD");
      git.text("checkout", "-q", "-b", "topic", start);
      Map<String, String> files = new TreeMap<>();
      files.put(LEDGER, GENESIS_OF_ANOTHER);
      site.repository().commit("Begin anew", files);

      Invocation verified = site.verify("--json");

      assertThat(verified.exit()).as(verified.out()).isEqualTo(4);
      assertThat(codes(verified, "findings")).contains("E_GENESIS");
    }
  }

  private static final String GENESIS_OF_ANOTHER =
      """
      {"body":{"height":0,"parents":[],"repo":{"host":"local","id":0,"name":"demo"},"root":{"keys":[],"threshold":0},"signers":[],"ts":"1970-01-01T00:00:00Z","type":"genesis","v":1},"id":"28bd48ce4c85f072386d473cc8e6760d905021ea3f56680d186280c44a8ff371","sigs":[]}
      """;

  private static void decideOnTopic(LocalSite site) {
    site.repository().branch("topic");
    site.repository().commit("Work", Map.of("b.txt", "two\n"));
    assertThat(site.run().exit()).isZero();
  }

  /** Git with somebody to commit as, and not at the time of the commit before. */
  private static RealGit person(LocalSite site) {
    RealGit git = RealGit.in(site.repository().directory());
    git.text("config", "user.name", "Somebody");
    git.text("config", "user.email", "somebody@example.org");
    git.text("reset", "-q", "--hard");
    return git;
  }

  private static void assertOk(Invocation verified) {
    assertThat(verified.exit()).as(verified.out() + verified.err()).isZero();
  }

  private static List<String> codes(Invocation verified, String list) {
    return Invocation.objects(verified.document(), list).stream()
        .map(finding -> Invocation.text(finding, "code"))
        .toList();
  }
}
