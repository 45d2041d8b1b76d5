package dev.optr.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.CompactJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.Secret;
import dev.optr.ledger.Ed25519Signer;
import dev.optr.testing.JudgingModel;
import dev.optr.testing.PlayedJobs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The phases as plain commands: each in its own process of a user's, with no GitHub anywhere. */
final class PhasesTest {
  private static final String MORE = " and more words\n";
  private static final String TOKEN = "16C7e42F292c6912E7710c838347Ae178B4a";

  @TempDir private Path directory;

  @Test
  void decideAsOneRunDoes() {
    try (JudgingModel judge =
        JudgingModel.start("b.txt", "never\n", JudgingModel.always(true, "and more words"))) {
      JsonObject byPhases;
      JsonObject entryByPhases;
      try (LocalSite site = ofManyKinds("phases", judge)) {
        Proposed proposed = propose(site);
        assertThat(rows(proposed))
            .containsExactly("head", "anna", "bert", "carl", "eve", "eve+frozen-tests");
        byPhases = select(site, proposed, evidence(site, proposed)).document();
        entryByPhases = decision(site);
        assertThat(judge.asJudge()).isNotEmpty();
        assertThat(site.verify().exit()).isZero();
      }
      try (LocalSite site = ofManyKinds("whole", judge)) {
        JsonObject whole = site.run("--json").document();
        assertThat(byPhases.text("selected")).isEqualTo("anna").isEqualTo(whole.text("selected"));
        assertThat(byPhases.get("tree")).isEqualTo(whole.get("tree"));
        assertThat(byPhases.get("lanes")).isEqualTo(whole.get("lanes"));
        assertThat(denials(byPhases)).isEqualTo(denials(whole)).containsKeys("bert", "dora", "eve");
        assertThat(entryByPhases).isEqualTo(decision(site));
      }
    }
  }

  @Test
  void ofDifferentAgentsAreGatheredIntoOne() {
    try (LocalSite site = site("gathered")) {
      Proposed anna = propose(site, "anna", "--agents", "anna", "--run", "7");
      Proposed others = propose(site, "others", "--agents", "bert,carl", "--run", "7");
      Invocation gathered =
          command(
              site,
              "gather",
              "anna=" + anna.digest(),
              "others=" + others.digest(),
              "--out",
              "bundle",
              "--json");
      assertThat(gathered.exit()).as(gathered.err()).isZero();
      Proposed all = Proposed.of(site.home().resolve("bundle"), gathered);
      JsonObject selected = select(site, all, evidence(site, all)).document();
      assertThat(selected.text("selected")).isEqualTo("anna");
      assertThat(selected.array("lanes")).hasSize(3);
    }
  }

  @Test
  void doNotTakeWhatNobodySigned() {
    try (LocalSite site = site("unsigned")) {
      Proposed proposed = propose(site);
      Path evidence = evidence(site, proposed);
      write(evidence, read(evidence).replace("failure", "success"));
      Invocation select = select(site, proposed, evidence);
      assertThat(select.exit()).isEqualTo(2);
      assertThat(select.err()).contains("was changed after it was signed");
    }
  }

  @Test
  void takeAMissingResultForUnknown() {
    try (LocalSite site = site("hole")) {
      Proposed proposed = propose(site);
      Path evidence = evidence(site, proposed);
      write(
          evidence,
          read(evidence)
              .lines()
              .filter(line -> !line.contains("\"row\":\"anna\""))
              .reduce("", (all, line) -> all + line + "\n"));
      sign(site, evidence);
      JsonObject selected = select(site, proposed, evidence).document();
      assertThat(admissible(selected)).containsEntry("anna", false);
      assertThat(selected.text("selected")).isEqualTo("carl");
    }
  }

  @Test
  void refuseABundleThatWasChangedOrIsOfAnotherInput() {
    try (LocalSite site = site("changed")) {
      Proposed proposed = propose(site);
      Path evidence = evidence(site, proposed);
      Invocation other =
          select(
              site,
              new Proposed(proposed.directory(), "0".repeat(64), proposed.document()),
              evidence);
      assertThat(other.exit()).isEqualTo(2);
      Path patch = proposed.directory().resolve("patches/anna.patch");
      String before = read(patch);
      write(patch, before + "\n");
      assertThat(select(site, proposed, evidence).exit()).isEqualTo(2);
      write(patch, before);
      site.repository().commit("Somebody else's", Map.of("b.txt", "two\n"));
      Invocation moved = select(site, proposed, evidence);
      assertThat(moved.exit()).isEqualTo(2);
      assertThat(moved.err()).contains("the bundle is of another frozen commit");
    }
  }

  @Test
  void refuseWhatOnlyOneJobCanDoBeforeAnybodyIsAsked() {
    try (LocalSite site =
        site("serial")
            .settings("execution: serial")
            .replaceSettings("timeout: 1m", "timeout: 1m, must: not-worsen")) {
      Invocation proposed = command(site, "propose", "--out", "bundle");
      assertThat(proposed.exit()).isEqualTo(2);
      assertThat(proposed.err()).contains("'execution: serial'", "'must: not-worsen'");
      assertThat(site.home().resolve("bundle")).doesNotExist();
    }
  }

  private LocalSite site(String name) {
    return LocalSite.make(directory.resolve(name))
        .settings("invariants:\n  - {id: tests, run: grep -q two a.txt, timeout: 1m}")
        .agent("anna", Recordings.rewrite("a.txt", "two" + MORE))
        .agent("bert", Recordings.rewrite("a.txt", "three" + MORE))
        .agent("carl", Recordings.rewrite("a.txt", "two" + MORE + "and\nthree\n"));
  }

  /**
   * Good ones, two of one tree, one that breaks the tests, one that leaks a key, one that changes
   * the tests, one that declines.
   */
  private LocalSite ofManyKinds(String name, JudgingModel judge) {
    LocalSite site = site(name);
    site.repository().commit("Test", Map.of("tests/check.sh", "grep -q two a.txt\n"));
    return site.replaceSettings("run: grep -q two a.txt", "run: sh tests/check.sh")
        .settings("constraints: ['Keep the words polite']")
        .agent("copy", Recordings.rewrite("a.txt", "two" + MORE))
        .agent("dora", Recordings.rewrite("a.txt", "two ghp_" + TOKEN + MORE))
        .agent("eve", Recordings.rewrite("tests/check.sh", "true\n", "a.txt", "four" + MORE))
        .agent("fred", Recordings.decline("all is well"))
        .compatible("jill", judge.endpoint(), ", role: judge");
  }

  private record Proposed(Path directory, String digest, JsonObject document) {
    static Proposed of(Path directory, Invocation invocation) {
      JsonObject document = invocation.document();
      return new Proposed(directory, String.valueOf(document.text("bundleDigest")), document);
    }
  }

  private static Proposed propose(LocalSite site) {
    return propose(site, "bundle");
  }

  private static Proposed propose(LocalSite site, String out, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--out", out, "--json"));
    arguments.addAll(List.of(more));
    Invocation proposed = command(site, "propose", arguments.toArray(String[]::new));
    assertThat(proposed.exit()).as(proposed.err()).isZero();
    return Proposed.of(site.home().resolve(out), proposed);
  }

  private static Invocation command(LocalSite site, String command, String... more) {
    String[] arguments = site.arguments(more);
    arguments[0] = command;
    return Invocation.of(site.home(), site.environment(), arguments);
  }

  private static Invocation select(LocalSite site, Proposed proposed, Path evidence) {
    return command(
        site,
        "select",
        "--bundle",
        proposed.directory().toString(),
        "--digest",
        proposed.digest(),
        "--evidence",
        evidence.toString(),
        "--evidence-signer",
        site.home().resolve("caller.pub").toString(),
        "--json");
  }

  private static Path evidence(LocalSite site, Proposed proposed) {
    List<PlayedJobs.Ran> ran =
        new PlayedJobs(
                site.home().resolve("jobs"),
                site.repository().directory(),
                proposed.directory(),
                proposed.digest())
            .run(CompactJson.exact(proposed.document().object("matrix")));
    StringBuilder lines = new StringBuilder();
    ran.forEach(one -> lines.append(CompactJson.exact(one.line(proposed.digest()))).append('\n'));
    Path file = site.home().resolve("evidence.jsonl");
    write(file, lines.toString());
    sign(site, file);
    return file;
  }

  private static void sign(LocalSite site, Path file) {
    KeyMaker keys = new KeyMaker(site.home());
    Ed25519Signer caller = Ed25519Signer.of(Secret.of(keys.key("caller", 7)));
    write(site.home().resolve("caller.pub"), caller.publicKey().line() + "\n");
    write(
        file.resolveSibling(file.getFileName() + ".sig"),
        caller.sign(read(file).getBytes(UTF_8), "optr-evidence").armoured());
  }

  private static List<String> rows(Proposed proposed) {
    return Invocation.objects(proposed.document(), "rows").stream()
        .map(row -> Invocation.text(row, "row"))
        .toList();
  }

  /** By agent the codes and rules for which it is not admissible. */
  private static Map<String, List<String>> denials(JsonObject document) {
    Map<String, List<String>> denials = new TreeMap<>();
    for (JsonObject candidate : Invocation.objects(document, "candidates")) {
      List<String> own =
          Invocation.objects(candidate, "whyNot").stream()
              .map(why -> why.text("code") + " " + why.text("rule"))
              .toList();
      if (!own.isEmpty()) {
        denials.put(Invocation.text(candidate, "agent"), own);
      }
    }
    return denials;
  }

  private static Map<String, Boolean> admissible(JsonObject document) {
    Map<String, Boolean> admissible = new TreeMap<>();
    Invocation.objects(document, "candidates")
        .forEach(
            candidate ->
                admissible.put(
                    Invocation.text(candidate, "agent"),
                    Json.bool(true).equals(candidate.get("admissible"))));
    return admissible;
  }

  /** What the ledger's newest entry says was decided. */
  private static JsonObject decision(LocalSite site) {
    String line =
        site.read("datalake/ledger.jsonl").lines().reduce((_, last) -> last).orElseThrow();
    return Invocation.document(line).object("body").object("decision");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
