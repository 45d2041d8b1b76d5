package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.JsonObject;
import dev.optr.git.GitRepository;
import dev.optr.ledger.Body;
import dev.optr.ledger.Entry;
import dev.optr.ledger.LedgerVerifier;
import dev.optr.ledger.Verification;
import dev.optr.ledger.VerifyOptions;
import dev.optr.testing.RealGit;
import dev.optr.testing.Schemas;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code optr execute} on repositories of this machine. */
final class ExecuteCommandTest {
  private static final String COMPLETE = "datalake/workflows/wish/execution-complete.json";

  @TempDir Path directory;

  @Test
  void putsTheSelectedTreeUponTheAnchorAndLeavesALedgerThatIsIntact() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      JsonObject run = site.run("--json").document();
      String anchor = site.repository().head();

      Invocation executed = site.execute("--json");

      assertThat(executed.exit()).as(executed.err() + executed.out()).isZero();
      JsonObject document = executed.document();
      assertThat(document.text("outcome")).isEqualTo("executed");
      assertThat(document.text("agent")).isEqualTo("anna");
      assertThat(document.text("entry")).isEqualTo(run.text("ledgerEntry"));
      assertThat(document.text("head")).isEqualTo(anchor);
      assertThat(document.text("commit")).isEqualTo(site.repository().head());
      assertThat(document.text("tree")).isEqualTo(run.text("tree"));
      assertThat(site.read("a.txt")).isEqualTo("two\n");
      assertThat(site.repository().uncommitted()).isEmpty();
      assertThat(changed(site, "HEAD^"))
          .containsExactly("a.txt", "datalake/ledger.jsonl", COMPLETE);
      assertVerified(site);
    }
  }

  @Test
  void citesWhatAdmittedIt() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      site.settings("invariants: [{id: sound, run: 'grep -q two a.txt'}]");
      JsonObject run = site.run("--json").document();
      String anchor = site.repository().head();

      assertThat(site.execute().exit()).isZero();

      Schemas.assertValid("execution-complete", site.read(COMPLETE));
      JsonObject complete = Invocation.document(site.read(COMPLETE));
      assertThat(complete.text("entry")).isEqualTo(run.text("ledgerEntry"));
      assertThat(complete.text("anchor")).isEqualTo(anchor);
      assertThat(complete.array("held").toString()).contains("patch-applies", "sound");
      assertThat(complete.text("execution")).isEqualTo(execution(site).orElseThrow().id());
      assertThat(git(site).text("log", "-1", "--format=%B"))
          .contains(
              "Execute OPTR decision: anna",
              "Optr-Ledger-Entry: " + complete.text("execution"),
              "Optr-Executed-Entry: " + complete.text("entry"));
    }
  }

  @Test
  void keepsModesLinksDeletionsAndBytesThatAreNoText() {
    try (LocalSite site =
        LocalSite.unconfined(directory)
            .program(
                "mine",
                "printf \"\\000\\377\\001\" > data.bin; chmod +x b.txt; rm old.txt; mkdir d; echo in > d/in.txt; echo more > tool.sh")) {
      RealGit git = git(site);
      site.repository().commit("Add", Map.of("old.txt", "old\n", "tool.sh", "echo\n"));
      git.text("update-index", "--chmod=+x", "tool.sh");
      git.text("checkout-index", "-f", "tool.sh");
      git.text("update-index", "--add", "--cacheinfo", "120000," + blob(git, "a.txt") + ",link");
      git.text("checkout-index", "-f", "link");
      site.repository().commitStaged("Link");
      JsonObject run = site.run("--json").document();
      assertThat(run.text("selected")).as(run.toString()).isEqualTo("mine");

      Invocation executed = site.execute();

      assertThat(executed.exit()).as(executed.err()).isZero();
      assertThat(git.text("ls-tree", "-r", "--format=%(objectmode) %(path)", "HEAD").lines())
          .contains(
              "100644 a.txt",
              "100755 b.txt",
              "100644 data.bin",
              "100644 d/in.txt",
              "120000 link",
              "100755 tool.sh")
          .doesNotContain("100644 old.txt");
      assertThat(git.bytes("cat-file", "blob", "HEAD:data.bin")).containsExactly(0, (byte) 255, 1);
      assertThat(git.text("status", "--porcelain")).isEmpty();
      assertThat(Files.isExecutable(site.repository().directory().resolve("b.txt"))).isTrue();
      assertVerified(site);
    }
  }

  @Test
  void letsAFileBecomeADirectory() {
    try (LocalSite site =
        LocalSite.unconfined(directory)
            .program("mine", "rm b.txt; mkdir b.txt; echo in > b.txt/in.txt")) {
      assertThat(site.run().exit()).isZero();

      Invocation executed = site.execute();

      assertThat(executed.exit()).as(executed.err()).isZero();
      assertThat(site.read("b.txt/in.txt")).isEqualTo("in\n");
      assertThat(git(site).text("status", "--porcelain")).isEmpty();
      assertVerified(site);
    }
  }

  @Test
  void leavesAloneWhatTheUserChangedElsewhere() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      assertThat(site.run().exit()).isZero();
      site.repository().write("b.txt", "mine\n");
      site.repository().write("c.txt", "staged\n");
      site.repository().stage("c.txt");

      assertThat(site.execute().exit()).isZero();

      assertThat(git(site).text("status", "--porcelain").lines())
          .containsExactlyInAnyOrder("A  c.txt", " M b.txt");
      assertThat(site.read("b.txt")).isEqualTo("mine\n");
    }
  }

  @Test
  void refusesToWriteOverWhatTheUserChanged() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      assertThat(site.run().exit()).isZero();
      String head = site.repository().head();
      site.repository().write("a.txt", "mine\n");
      assertThat(site.execute().exit()).isEqualTo(2);
      site.repository().stage("a.txt");
      site.repository().write("a.txt", "one\n");

      Invocation staged = site.execute();

      assertThat(staged.exit()).isEqualTo(2);
      assertThat(staged.err()).contains("'a.txt' is staged");
      assertThat(site.repository().head()).isEqualTo(head);
      assertThat(site.read("a.txt")).isEqualTo("one\n");
    }
  }

  @Test
  void signsTheExecutedCommitAndItsEntry() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      site.variable("OPTR_SIGNING_KEY", new KeyMaker(directory).key("key", 1));
      assertThat(site.run().exit()).isZero();
      String genesis = Invocation.text(site.verify("--json").document(), "genesis");

      Invocation executed = site.execute("--genesis", genesis);

      assertThat(executed.exit()).as(executed.err()).isZero();
      assertThat(git(site).text("cat-file", "-p", "HEAD")).contains("gpgsig -----BEGIN SSH");
      Invocation verified = site.verify("--genesis", genesis, "--json");
      assertThat(verified.exit()).as(verified.out()).isZero();
      site.withoutVariable("OPTR_SIGNING_KEY");
      assertThat(site.execute("--undo", "--genesis", genesis).exit()).isEqualTo(2);
    }
  }

  @Test
  void executesOnTheFrozenCommitWhereAnchorsGoToTheSideBranch() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      site.settings("anchor: side-branch");
      String frozen = site.repository().head();
      assertThat(site.run().exit()).isZero();
      assertThat(site.repository().head()).isEqualTo(frozen);

      Invocation executed = site.execute("--json");

      assertThat(executed.exit()).as(executed.out() + executed.err()).isZero();
      assertThat(executed.document().text("head")).isEqualTo(frozen);
      assertThat(site.read("a.txt")).isEqualTo("two\n");
      assertThat(site.repository().uncommitted()).isEmpty();
      assertVerified(site);
      assertThat(site.execute().exit()).isEqualTo(1);
    }
  }

  @Test
  void takesAnExecutionBackByANewCommitAndEntry() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      assertThat(site.run().exit()).isZero();
      assertThat(site.execute().exit()).isZero();
      String executed = site.repository().head();

      Invocation undone = site.execute("--undo", "--json");

      assertThat(undone.exit()).as(undone.out() + undone.err()).isZero();
      assertThat(undone.document().text("outcome")).isEqualTo("reverted");
      assertThat(git(site).text("rev-parse", "HEAD^").strip()).isEqualTo(executed);
      assertThat(changed(site, "HEAD^")).containsExactly("a.txt", "datalake/ledger.jsonl");
      assertThat(site.read("a.txt")).isEqualTo("one\n");
      assertThat(site.has(COMPLETE)).isTrue();
      assertVerified(site);
      assertThat(last(site))
          .isInstanceOfSatisfying(
              Body.Outcome.class, outcome -> assertThat(outcome.result()).isEqualTo("reverted"));
      assertThat(site.execute("--undo").exit()).isEqualTo(1);
      assertThat(site.execute().exit()).isEqualTo(1);
    }
  }

  @Test
  void executesANewDecisionAfterOneThatWasTakenBack() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      assertThat(site.run().exit()).isZero();
      assertThat(site.execute().exit()).isZero();
      assertThat(site.execute("--undo").exit()).isZero();
      assertThat(site.run("--again").exit()).isZero();

      assertThat(site.execute().exit()).isZero();

      assertThat(site.read("a.txt")).isEqualTo("two\n");
      assertVerified(site);
    }
  }

  @Test
  void recognisesItsCommitByTheEntryAndNothingElse() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      assertThat(site.run().exit()).isZero();
      String anchor = site.repository().head();
      assertThat(site.execute().exit()).isZero();
      String executed = site.repository().head();
      String said = git(site).text("log", "-1", "--format=%B");
      site.repository().commit(said, Map.of("b.txt", "slipped in\n"));

      assertThat(executedBy(site, executed)).isEqualTo(execution(site).map(Entry::id));
      assertThat(executedBy(site, anchor)).isEmpty();
      assertThat(executedBy(site, site.repository().head())).isEmpty();
    }
  }

  private static Optional<String> executedBy(LocalSite site, String commit) {
    try (GitRepository repository = site.repository().repository()) {
      return ExecutedHead.of(repository, commit, ledger(repository)).map(Entry::id);
    }
  }

  private static Verification ledger(GitRepository repository) {
    return new LedgerVerifier()
        .verify(
            RunLedger.at(repository, repository.resolve("HEAD").orElseThrow()),
            VerifyOptions.standard());
  }

  private static Optional<Entry> execution(LocalSite site) {
    try (GitRepository repository = site.repository().repository()) {
      return ledger(repository).entries().stream()
          .filter(entry -> entry.body() instanceof Body.Execution)
          .findFirst();
    }
  }

  private static Body last(LocalSite site) {
    try (GitRepository repository = site.repository().repository()) {
      return ledger(repository).entries().stream()
          .map(Entry::body)
          .reduce((_, newer) -> newer)
          .orElseThrow();
    }
  }

  private static void assertVerified(LocalSite site) {
    Invocation verified = site.verify("--json");
    assertThat(verified.exit()).as(verified.out()).isZero();
    assertThat(Invocation.objects(verified.document(), "warnings"))
        .extracting(warning -> warning.text("code"))
        .doesNotContain("W_UNANCHORED", "W_UNREACHABLE");
  }

  private static List<String> changed(LocalSite site, String since) {
    return git(site).text("diff", "--name-only", since, "HEAD").lines().toList();
  }

  private static String blob(RealGit git, String target) {
    byte[] bytes = target.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return new String(
            git.bytesFrom(bytes, "hash-object", "-w", "--stdin"),
            java.nio.charset.StandardCharsets.UTF_8)
        .strip();
  }

  private static RealGit git(LocalSite site) {
    return RealGit.in(site.repository().directory());
  }
}
