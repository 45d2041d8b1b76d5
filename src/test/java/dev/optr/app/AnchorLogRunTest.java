package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.testing.RealGit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Local runs with {@code ledger.log}, audited by real git and by {@code optr verify}. */
final class AnchorLogRunTest {
  private static final Pattern SHELL = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"branch, refs/heads/optr-log", "ref, refs/optr/log"})
  void writesALogThatGitAndSshAudit(String setting, String ref) throws Exception {
    try (LoggedSite site = LoggedSite.with(directory, setting)) {
      String key = site.sign("key");
      String one = site.decide("One wish");
      String genesis = site.site().read("datalake/ledger.jsonl").replaceAll("(?s)\n.*", "");
      String pin = String.valueOf(Invocation.document(genesis).text("id"));
      String two = site.decide("Another wish", "--genesis", pin);

      List<String> log = site.log(ref);
      assertThat(log).hasSize(2);
      assertThat(parents(site, log.get(0))).isEqualTo(one);
      assertThat(parents(site, log.get(1))).isEqualTo(log.get(0) + " " + two);
      assertThat(site.message(log.get(1)))
          .matches(
              "optr anchor log\n\nnumber: 2\nentry: [0-9a-f]{64}\nanchor: "
                  + two
                  + "\npr: -\nsize: 3   root: [0-9a-f]{64}\n");
      Path signers =
          Files.writeString(
              directory.resolve("allowed_signers"), "ada namespaces=\"git\" " + key + "\n");
      for (String commit : log) {
        site.git()
            .text("-c", "gpg.ssh.allowedSignersFile=" + signers, "verify-commit", commit, one, two);
      }
      assertThat(site.git().text("fsck", "--strict", "--no-dangling")).isEmpty();
      assertThat(site.git().text("status", "--porcelain")).isEmpty();
      Invocation verified = site.verify("--genesis", pin, "--json");
      assertThat(verified.exit()).as(verified.out()).isZero();
      assertThat(LoggedSite.codes(verified, "warnings")).containsExactly("W_NO_OUTSIDE_MEMORY");
    }
  }

  @Test
  void isAuditedByTheShellLinesOfTheFormat() throws Exception {
    try (LoggedSite site = LoggedSite.with(directory, "branch")) {
      site.sign("key");
      String one = site.decide("One wish");
      String two = site.decide("Another wish");
      String script =
          SHELL
              .matcher(section("### Anchor log"))
              .results()
              .map((MatchResult block) -> block.group(1))
              .collect(Collectors.joining("\n"));
      Files.writeString(directory.resolve("audit"), "set -e\n" + script);

      List<String> said = shell(site, 0);

      assertThat(said).filteredOn(line -> line.matches("[12] .*")).hasSize(2);
      assertThat(said.get(0)).startsWith("2 ").endsWith(" " + two);
      assertThat(said.get(1)).startsWith("1 ").endsWith(" " + one);
      assertThat(said).filteredOn(line -> line.startsWith("Good \"git\" signature")).hasSize(2);

      List<String> log = site.log("refs/heads/optr-log");
      String forged =
          site.commitTree(
              LoggedSite.EMPTY_TREE,
              site.message(log.get(1)).replace("number: 2", "number: 3"),
              log.get(0),
              two);
      site.git().text("update-ref", "refs/heads/optr-log", forged);
      shell(site, 1);
    }
  }

  @Test
  void catchesUpWhereTheLogIsTurnedOnLater() {
    try (LoggedSite site = LoggedSite.with(directory, "off")) {
      String one = site.decide("One wish");
      assertThat(site.tip("refs/heads/optr-log")).isEmpty();
      site.site().replaceSettings("log: 'off'", "log: branch");
      String two = site.decide("Another wish");

      List<String> log = site.log("refs/heads/optr-log");
      assertThat(log).hasSize(2);
      assertThat(parents(site, log.get(0))).isEqualTo(one);
      assertThat(parents(site, log.get(1))).isEqualTo(log.get(0) + " " + two);
      assertThat(site.verify().exit()).isZero();
    }
  }

  @Test
  void goesOnWithTheLogThatWasFetched() {
    try (LoggedSite site = LoggedSite.with(directory, "branch")) {
      site.decide("One wish");
      String tip = site.tip("refs/heads/optr-log").orElseThrow();
      site.git().text("update-ref", "refs/remotes/origin/optr-log", tip);
      site.git().text("branch", "-D", "optr-log");
      site.decide("Another wish");

      assertThat(site.log("refs/heads/optr-log")).hasSize(2).startsWith(tip);
      assertThat(site.verify().exit()).isZero();
    }
  }

  @Test
  void asksNobodyWhereTheLogIsNotWhole() {
    try (LoggedSite site = LoggedSite.with(directory, "branch")) {
      site.decide("One wish");
      site.git().text("update-ref", "refs/heads/optr-log", "HEAD");
      String head = site.site().repository().head();

      Invocation refused = site.site().run("--intent", "Another wish");

      assertThat(refused.exit()).as(refused.err()).isEqualTo(4);
      assertThat(refused.err()).contains("E_LOG_GAP").doesNotContain(": asked");
      assertThat(site.site().repository().head()).isEqualTo(head);
    }
  }

  @Test
  void findsTamperingInTheLogAlsoWhereItIsTurnedOff() {
    try (LoggedSite site = LoggedSite.with(directory, "branch")) {
      String one = site.decide("One wish");
      String two = site.decide("Another wish");
      List<String> log = site.log("refs/heads/optr-log");
      String second = site.message(log.get(1));
      assertThat(site.verify("--json").exit()).isZero();

      assertFound(
          site,
          forge(site, second.replace("number: 2", "number: 4"), log.get(0), two),
          "E_LOG_GAP");
      assertFound(site, forge(site, second, two), "E_LOG_GAP");
      assertFound(site, forge(site, second, log.get(0)), "E_ANCHOR_MISMATCH", "E_LOG_GAP");
      assertFound(site, forge(site, second, two, log.get(0)), "E_ANCHOR_MISMATCH", "E_LOG_GAP");
      assertFound(
          site, forge(site, second.replace(two, one), log.get(0), one), "E_ANCHOR_MISMATCH");
      assertFound(
          site,
          forge(site, second.replace("size: 3", "size: 2"), log.get(0), two),
          "E_ANCHOR_MISMATCH");
      assertFound(
          site,
          forge(site, second.replaceAll("root: .*", "root: " + "0".repeat(64)), log.get(0), two),
          "E_ANCHOR_MISMATCH");
      assertFound(
          site,
          forge(site, second.replace("pr: -", "pr: 7"), log.get(0), two),
          "E_ANCHOR_MISMATCH");
      assertFound(
          site,
          site.commitTree(
              site.git().text("rev-parse", "HEAD^{tree}").strip(), second, log.get(0), two),
          "E_LOG_GAP");
      site.git().text("update-ref", "refs/heads/optr-log", log.get(0));
      assertThat(site.verify().exit()).as("an older tip needs somebody who remembers").isZero();
    }
  }

  @Test
  void findsAStrangersCommitInTheLogOfASignedLedger() throws Exception {
    try (LoggedSite site = LoggedSite.with(directory, "ref")) {
      site.sign("key");
      site.decide("One wish");
      String two = site.decide("Another wish");
      List<String> log = site.log("refs/optr/log");
      String forged = forge(site, site.message(log.get(1)), log.get(0), two);
      site.git().text("update-ref", "refs/optr/log", forged);

      Invocation verified = site.verify("--allow-tofu", "--json");

      assertThat(verified.exit()).isEqualTo(4);
      assertThat(LoggedSite.codes(verified, "findings")).containsExactly("E_ANCHOR_SIG");
    }
  }

  @Test
  void findsAnEndThatWasCutOff() {
    try (LoggedSite site = LoggedSite.with(directory, "branch")) {
      String one = site.decide("One wish");
      site.decide("Another wish");
      site.git().text("branch", "kept");
      site.git().text("reset", "-q", "--hard", one);
      assertThat(site.verify("--json").exit()).as("another branch has it").isZero();

      site.git().text("branch", "-D", "kept");
      Invocation cut = site.verify("--json");
      assertThat(cut.exit()).as(cut.out()).isEqualTo(4);
      assertThat(LoggedSite.codes(cut, "findings")).containsExactly("E_TRUNCATED");

      site.git().text("clone", "-q", "--single-branch", "file://" + site.directory(), "../one");
      RealGit clone = RealGit.in(site.directory().resolveSibling("one"));
      clone.text("fetch", "-q", "origin", "optr-log:optr-log");
      Invocation single =
          Invocation.of(directory, site.site().environment(), "verify", "--repo", "one", "--json");
      assertThat(single.exit()).as(single.out()).isZero();
      assertThat(LoggedSite.codes(single, "warnings")).contains("W_OPEN_HEADS");
    }
  }

  @Test
  void findsALogThatWasSetBackWhereItsTipIsRemembered() {
    try (LoggedSite site = LoggedSite.with(directory, "branch")) {
      site.decide("One wish");
      site.decide("Another wish");
      List<String> log = site.log("refs/heads/optr-log");
      assertThat(site.verify("--anchor", log.get(1)).exit()).isZero();
      assertThat(site.verify("--anchor", log.get(0)).exit()).isZero();
      assertThat(site.verify().out()).containsPattern("log +2 anchors, tip " + log.get(1));

      site.git().text("update-ref", "refs/heads/optr-log", log.get(0));

      assertThat(site.verify("--anchor", log.get(0)).exit()).isZero();
      Invocation remembered = site.verify("--anchor", log.get(1), "--json");
      assertThat(remembered.exit()).as(remembered.out()).isEqualTo(4);
      assertThat(LoggedSite.codes(remembered, "findings")).containsExactly("E_ROLLBACK");
    }
  }

  @Test
  void findsALineThatACommitTookAway() {
    try (LoggedSite site = LoggedSite.with(directory, "branch")) {
      site.decide("One wish");
      String ledger = site.site().read("datalake/ledger.jsonl");
      site.decide("Another wish");
      site.site().repository().commit("Tidy up", Map.of("datalake/ledger.jsonl", ledger));

      Invocation verified = site.verify("--json");

      assertThat(verified.exit()).isEqualTo(4);
      assertThat(LoggedSite.codes(verified, "findings"))
          .containsExactly("E_NOT_PREFIX", "E_TRUNCATED");
    }
  }

  private static void assertFound(LoggedSite site, String tip, String... codes) {
    site.git().text("update-ref", "refs/heads/optr-log", tip);
    Invocation verified = site.verify("--json");
    assertThat(verified.exit()).as(verified.out()).isEqualTo(4);
    assertThat(LoggedSite.codes(verified, "findings")).containsExactly(codes);
  }

  private static String forge(LoggedSite site, String message, String... parents) {
    return site.commitTree(LoggedSite.EMPTY_TREE, message, parents);
  }

  private static String parents(LoggedSite site, String commit) {
    return site.git().text("log", "-1", "--format=%P", commit).strip();
  }

  private static String section(String heading) throws IOException {
    String document = Files.readString(Path.of("docs", "ledger-format.md"));
    String from = document.substring(document.indexOf("\n" + heading + "\n") + 1);
    return from.substring(0, from.indexOf("\n### "));
  }

  private List<String> shell(LoggedSite site, int exit) throws Exception {
    Process bash =
        new ProcessBuilder("bash", directory.resolve("audit").toString())
            .directory(site.directory().toFile())
            .redirectErrorStream(true)
            .start();
    List<String> said =
        new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    assertThat(bash.waitFor()).as("%s", said).isEqualTo(exit);
    return said;
  }
}
