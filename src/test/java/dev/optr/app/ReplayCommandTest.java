package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.JsonObject;
import dev.optr.testing.RealGit;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code optr replay} on repositories that nobody tampered with. */
final class ReplayCommandTest {
  private static final String CHECKED = "invariants: [{id: sound, run: 'grep -q one b.txt'}]";

  private static final String KEY = "sk-proj-ThatNobodyMaySee0123456789abcdefghijklmn";

  @TempDir Path directory;

  @Test
  void givesTheSameAgainWithTheEvidenceOfCommands() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory).settings(CHECKED)) {
      JsonObject run = site.run("--json").document();

      Invocation replayed = replay(site, "--json");

      assertThat(replayed.exit()).as(replayed.out() + replayed.err()).isZero();
      assertThat(replayed.document().integer("exit")).isZero();
      JsonObject decision = only(replayed);
      assertThat(decision.text("result")).isEqualTo("equal");
      assertThat(decision.text("entry")).isEqualTo(run.text("ledgerEntry"));
      assertThat(decision.text("agent")).isEqualTo("anna");
      assertThat(decision.text("tree")).isEqualTo(run.text("tree"));
      assertThat(Invocation.isNull(decision, "step")).isTrue();
      assertThat(Invocation.isNull(decision, "pullRequest")).isTrue();
      assertThat(decision.array("differences")).isEmpty();
    }
  }

  @Test
  void needsNothingButAClone() {
    try (LocalSite site = decided()) {
      RealGit.in(directory).text("clone", "-q", site.repository().directory().toString(), "clone");

      Invocation replayed = Invocation.of(directory, Map.of(), "replay", "--repo", "clone");

      assertThat(replayed.exit()).as(replayed.out() + replayed.err()).isZero();
      assertThat(replayed.out()).startsWith("equal ").endsWith("EQUAL: 1 decision\n");
    }
  }

  @Test
  void takesAllOfThemAlsoWhereSomeWereExecutedAndTakenBack() {
    try (LocalSite site = decided()) {
      assertThat(site.execute().exit()).isZero();
      assertThat(site.execute("--undo").exit()).isZero();
      assertThat(site.run("--intent", "Another wish").exit()).isZero();
      assertThat(site.execute().exit()).isZero();

      Invocation replayed = replay(site, "--all");

      assertThat(replayed.exit()).as(replayed.out() + replayed.err()).isZero();
      assertThat(replayed.out()).endsWith("EQUAL: 2 decisions\n");
      assertThat(replay(site).out()).endsWith("EQUAL: 1 decision\n");
    }
  }

  @Test
  void takesADecisionThatSelectedNothing() {
    try (LocalSite site =
        LocalSite.make(directory)
            .agent("anna", Recordings.rewrite("a.txt", "two\n"))
            .settings("invariants: [{id: never, run: 'false'}]")) {
      assertThat(site.run().exit()).isEqualTo(1);

      Invocation replayed = replay(site, "--json");

      assertThat(replayed.exit()).as(replayed.out() + replayed.err()).isZero();
      assertThat(only(replayed).text("outcome")).isEqualTo("none_admissible");
    }
  }

  @Test
  void takesARunThatOnlySomeAgentsHadAPartIn() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory).settings(CHECKED)) {
      assertThat(site.run("--agents", "bert").exit()).isZero();

      assertThat(only(replay(site, "--json")).text("agent")).isEqualTo("bert");
      assertThat(replay(site).exit()).isZero();
      // The same documents are read before they are executed and deployed.
      assertThat(site.verify("--deployable", "HEAD").exit()).isZero();
      assertThat(site.execute().exit()).isZero();
    }
  }

  @Test
  void leavesOutWhatWasNotStored() {
    try (LocalSite site =
        LocalSite.withTwoGoodAgents(directory)
            .agent("dora", Recordings.rewrite("a.txt", KEY + "\n"))
            .variable("OPENAI_API_KEY", KEY)) {
      assertThat(site.run().exit()).isZero();
      assertThat(site.read("datalake/workflows/wish/agent-outputs/dora.json")).doesNotContain(KEY);

      Invocation replayed = replay(site);

      assertThat(replayed.exit()).as(replayed.out()).isZero();
    }
  }

  @Test
  void readsSignedRecordsWithoutTheKey() {
    try (LocalSite site =
        LocalSite.withTwoGoodAgents(directory).settings("compliance: [in-toto]")) {
      site.variable("OPTR_SIGNING_KEY", new KeyMaker(directory).key("key", 1));
      assertThat(site.run().exit()).isZero();
      site.withoutVariable("OPTR_SIGNING_KEY");

      assertThat(replay(site).exit()).isEqualTo(5);
      assertThat(replay(site).err()).contains("--genesis");
      Invocation replayed = replay(site, "--allow-tofu");
      assertThat(replayed.exit()).as(replayed.out() + replayed.err()).isZero();
      String genesis = site.verify("--allow-tofu", "--json").document().text("genesis");
      assertThat(replay(site, "--genesis", String.valueOf(genesis)).exit()).isZero();
    }
  }

  @Test
  void takesIdsAndWhatTheyBeginWith() {
    try (LocalSite site = decided()) {
      String first = entry(site);
      assertThat(site.run("--intent", "Another wish").exit()).isZero();
      String second = entry(site);

      Invocation replayed =
          replay(site, first, second.substring(0, 8), first.substring(0, 20), "--json");

      assertThat(replayed.exit()).as(replayed.out() + replayed.err()).isZero();
      assertThat(Invocation.objects(replayed.document(), "decisions"))
          .extracting(decision -> decision.text("entry"))
          .containsExactly(first, second);
    }
  }

  @Test
  void refusesWhatNamesNoDecision() {
    try (LocalSite site = decided()) {
      String entry = entry(site);
      assertThat(site.execute().exit()).isZero();
      String execution = RealGit.in(site.repository().directory()).text("log", "-1", "--format=%B");
      List<String> lines = site.read("datalake/ledger.jsonl").lines().toList();

      assertUsage(site, "expected the first 8", entry.substring(0, 7));
      assertUsage(site, "expected the first 8", "HEAD");
      assertUsage(site, "expected the first 8", entry.toUpperCase(java.util.Locale.ROOT));
      assertUsage(site, "no intact entry", "0".repeat(64));
      assertUsage(site, "is a genesis", id(lines.getFirst()));
      assertThat(execution).contains(id(lines.getLast()));
      assertUsage(site, "the decision is " + entry, id(lines.getLast()));
      assertUsage(site, "exclude each other", "--all", entry);
      assertThat(replay(site, "--json", "abc").document().integer("exit")).isEqualTo(2);
    }
  }

  @Test
  void decidesNothingWhereObjectsAreMissing() {
    try (LocalSite site = decided()) {
      RealGit.in(directory)
          .text(
              "clone", "-q", "--depth", "1", site.repository().directory().toUri().toString(), "c");

      Invocation replayed = Invocation.of(directory, Map.of(), "replay", "--repo", "c", "--json");

      assertThat(replayed.exit()).as(replayed.out() + replayed.err()).isEqualTo(5);
      assertThat(replayed.document().integer("exit")).isEqualTo(5);
    }
  }

  @Test
  void decidesOnlyWhatSurvivedASquash() {
    try (LocalSite site = decided()) {
      String first = entry(site);
      assertThat(site.run("--intent", "Another wish").exit()).isZero();
      RealGit git = RealGit.in(site.repository().directory());
      git.text("checkout", "-q", "-b", "release", "HEAD~2");
      git.text("merge", "-q", "--squash", "main");
      git.text("-c", "user.name=x", "-c", "user.email=x@y", "commit", "-q", "-m", "Say more");
      git.text("branch", "-q", "-D", "main");
      RealGit.in(directory)
          .text("clone", "-q", "-b", "release", "--no-local", "repository", "squashed");

      Invocation replayed =
          Invocation.of(directory, Map.of(), "replay", "--repo", "squashed", "--all", "--json");

      assertThat(replayed.exit()).as(replayed.out() + replayed.err()).isEqualTo(5);
      List<JsonObject> decisions = Invocation.objects(replayed.document(), "decisions");
      assertThat(decisions)
          .extracting(it -> Optional.ofNullable(it.text("result")).orElse(""))
          .containsOnly("undecided");
      assertThat(decisions.getFirst().text("entry")).isEqualTo(first);
      assertThat(decisions.getFirst().array("differences").toString()).contains("fetch");
    }
  }

  @Test
  void decidesNothingWithoutALedger() {
    try (LocalSite site = LocalSite.make(directory)) {
      Invocation replayed = replay(site);

      assertThat(replayed.exit()).isEqualTo(5);
      assertThat(replayed.err()).contains("there is no ledger here");
    }
  }

  private LocalSite decided() {
    LocalSite site = LocalSite.withTwoGoodAgents(directory);
    assertThat(site.run().exit()).isZero();
    return site;
  }

  private static void assertUsage(LocalSite site, String words, String... arguments) {
    Invocation replayed = replay(site, arguments);
    assertThat(replayed.exit()).as(replayed.out() + replayed.err()).isEqualTo(2);
    assertThat(replayed.err()).contains(words);
  }

  private static JsonObject only(Invocation replayed) {
    List<JsonObject> decisions = Invocation.objects(replayed.document(), "decisions");
    assertThat(decisions).hasSize(1);
    return decisions.getFirst();
  }

  private static String entry(LocalSite site) {
    return id(site.read("datalake/ledger.jsonl").lines().reduce((_, last) -> last).orElse(""));
  }

  private static String id(String line) {
    return String.valueOf(Invocation.document(line).text("id"));
  }

  private static Invocation replay(LocalSite site, String... more) {
    return ReplayTamperingTest.replay(site, more);
  }
}
