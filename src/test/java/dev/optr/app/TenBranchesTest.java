package dev.optr.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.optr.base.Bytes;
import dev.optr.git.AnchorCommit;
import dev.optr.git.FileChanges;
import dev.optr.git.GitRepository;
import dev.optr.ledger.AppendResult;
import dev.optr.ledger.Layout;
import dev.optr.ledger.LedgerAppender;
import dev.optr.ledger.LedgerVerifier;
import dev.optr.ledger.PullRequestRef;
import dev.optr.ledger.Receipt;
import dev.optr.ledger.RepositoryId;
import dev.optr.record.Recorder;
import dev.optr.testing.RealGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ten branches append at once and are merged one after another, by the git program. */
final class TenBranchesTest {
  private static final int BRANCHES = 10;
  private static final String MAIN = "datalake/ledger.jsonl";
  private static final RepositoryId OCTO = new RepositoryId("github.com", 42, "octo/lake");

  /** How branches come into main. */
  enum Way {
    MERGE,
    SQUASH
  }

  @TempDir private Path directory;

  private final Set<String> lines = new TreeSet<>();

  @BeforeEach
  void requireGit() {
    assumeTrue(RealGit.isPresent(), "git merges");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void neverConflictWithAFilePerPullRequest(Way way) {
    try (LedgerSite site = site()) {
      branches(site, Layout.PER_PR);
      for (int number = 1; number <= BRANCHES; number++) {
        join(site, way, number);
      }
      assertIntact(site, way);
      assertThat(site.has(MAIN)).isFalse();

      Invocation folded = site.ledger("fold");
      assertThat(folded.exit()).as(folded.err()).isZero();
      assertThat(site.has("datalake/ledger.d")).isFalse();
      assertThat(site.main().lines()).hasSize(BRANCHES + 1);
      assertIntact(site, way);
      String head = site.repository().head();
      assertThat(site.ledger("fold").out()).contains("nothing to fold");
      assertThat(site.repository().head()).isEqualTo(head);
      assertThat(site.repository().uncommitted()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void conflictInTheOneFileUntilTheDriverMergesIt(Way way) throws IOException {
    try (LedgerSite site = site()) {
      Invocation started = site.ledger("init", "--repository", "github.com:42:octo/lake");
      assertThat(started.exit()).as(started.err()).isZero();
      configureDriver(site);
      branches(site, Layout.SINGLE);
      for (int number = 1; number <= BRANCHES; number++) {
        join(site, way, number);
      }
      assertIntact(site, way);
      assertThat(site.ledger("fold").out()).contains("nothing to fold");
    }
  }

  @Test
  void conflictInNothingElseAndAreSolvedByHand() {
    try (LedgerSite site = site()) {
      branches(site, Layout.SINGLE);
      RealGit git = git(site);
      for (int number = 1; number <= BRANCHES; number++) {
        if (number == 1) {
          join(site, Way.MERGE, number);
          continue;
        }
        String branch = "pr-" + number;
        assertThat(
                org.assertj.core.api.Assertions.catchThrowable(
                    () -> git.text("merge", "--no-ff", "-q", "-m", "Merge " + branch, branch)))
            .hasMessageContaining("ended with 1");
        assertThat(git.text("diff", "--name-only", "--diff-filter=U").strip()).isEqualTo(MAIN);
        solve(site, git);
        git.text("add", MAIN);
        git.text("commit", "-q", "--no-edit");
      }
      assertIntact(site, Way.MERGE);
    }
  }

  @Test
  void stayAnAppendToMainWhereABranchTakesMainInFirst() throws IOException {
    try (LedgerSite site = site()) {
      assertThat(site.ledger("init", "--repository", "github.com:42:octo/lake").exit()).isZero();
      configureDriver(site);
      branches(site, Layout.SINGLE);
      RealGit git = git(site);
      join(site, Way.MERGE, 1);
      String before = site.main();
      git.text("checkout", "-q", "pr-2");
      git.text("merge", "-q", "-m", "Take main in", "main");
      assertThat(site.main()).startsWith(before);
      git.text("checkout", "-q", "main");
      join(site, Way.MERGE, 2);

      assertThat(site.main()).startsWith(before);
      Invocation verified = site.verify();
      assertThat(verified.exit()).as(verified.out()).isZero();
      assertThat(verified.document().integer("entries")).isEqualTo(3);
    }
  }

  private LedgerSite site() {
    LedgerSite site = LedgerSite.make(directory);
    RealGit git = git(site);
    git.text("config", "user.name", "Ada");
    git.text("config", "user.email", "ada@example.org");
    return site;
  }

  private static RealGit git(LedgerSite site) {
    return RealGit.in(site.home().resolve("lake"));
  }

  /** The two lines that the manual gives, with the program as a process of its own. */
  private void configureDriver(LedgerSite site) throws IOException {
    Path program = directory.resolve("optr");
    Files.writeString(
        program,
        "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 -cp '%s' %s \"$@\"\n"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                Main.class.getName()));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    site.repository()
        .commit(
            "Configure the merge driver",
            Map.of(".gitattributes", "datalake/ledger.jsonl merge=optr-ledger\n"));
    git(site).text("config", "merge.optr-ledger.driver", program + " ledger merge %O %A %B");
  }

  /** Each from the same commit of main, each with one anchor of its own. */
  private void branches(LedgerSite site, Layout layout) {
    String start = site.repository().head();
    for (int number = 1; number <= BRANCHES; number++) {
      site.repository().checkout(start);
      site.repository().branch("pr-" + number);
      String frozen =
          site.repository().commit("Wish " + number, Map.of("wish-" + number, "please\n"));
      try (GitRepository git = site.repository().repository()) {
        Receipt receipt = receipt(git, layout, start, frozen, number);
        receipt.newLines().forEach(line -> lines.add(line.utf8()));
        site.repository().checkout(anchor(git, frozen, number, receipt));
        assertThat(git.moveBranch("pr-" + number, frozen, site.repository().head())).isTrue();
      }
    }
    site.repository().checkout("main");
  }

  private static Receipt receipt(
      GitRepository git, Layout layout, String base, String frozen, int number) {
    LedgerAppender appender =
        new LedgerAppender(new LedgerVerifier(), layout, Optional.empty(), Optional.empty());
    PullRequestRef pr = new PullRequestRef(number, "main", base, frozen);
    AppendResult result =
        appender.append(
            RunLedger.at(git, frozen),
            RunLedger.at(git, base),
            SampleEvents.run(OCTO, pr, number, outputs(number)),
            Instant.parse("2026-05-01T12:00:00Z").plusSeconds(100 - number));
    return switch (result) {
      case Receipt receipt -> receipt;
      case AppendResult.Refused refused -> throw new AssertionError(refused.verification());
    };
  }

  private static Map<String, Bytes> outputs(int number) {
    return Map.of(
        "datalake/workflows/wish-pr-" + number + "/intent.json",
        Bytes.utf8("{\"wish\":" + number + "}\n"));
  }

  private static String anchor(GitRepository git, String frozen, int number, Receipt receipt) {
    Map<String, Bytes> files = new TreeMap<>(outputs(number));
    files.put(receipt.containerPath(), receipt.containerBytes());
    files.put(Recorder.ATTRIBUTES.path(), Recorder.ATTRIBUTES.bytes());
    return AnchorCommit.build(
        git,
        frozen,
        FileChanges.writing(files),
        "Anchor of " + number + "\n\n" + receipt.trailers(),
        Instant.parse("2026-05-01T13:00:00Z"),
        Optional.empty());
  }

  private static void join(LedgerSite site, Way way, int number) {
    RealGit git = git(site);
    switch (way) {
      case MERGE -> git.text("merge", "--no-ff", "-q", "-m", "Merge " + number, "pr-" + number);
      case SQUASH -> {
        git.text("merge", "--squash", "-q", "pr-" + number);
        git.text("commit", "-q", "-m", "Squash " + number);
      }
    }
  }

  private void solve(LedgerSite site, RealGit git) {
    for (String stage : List.of("1", "2", "3")) {
      boolean there =
          !git.text("ls-files", "-s", MAIN)
              .lines()
              .filter(line -> line.contains(" " + stage + "\t"))
              .toList()
              .isEmpty();
      site.write("stage" + stage, there ? git.text("show", ":" + stage + ":" + MAIN) : "");
    }
    Invocation merged =
        Invocation.of(directory, Map.of(), "ledger", "merge", "stage1", "stage2", "stage3");
    assertThat(merged.exit()).as(merged.err()).isZero();
    site.write("lake/" + MAIN, site.read("stage2"));
  }

  private void assertIntact(LedgerSite site, Way way) {
    Invocation verified = site.verify();
    assertThat(verified.exit()).as(verified.out()).isZero();
    assertThat(verified.document().integer("entries")).isEqualTo(BRANCHES + 1);
    List<String> warnings = LedgerSite.codes(verified, "warnings");
    assertThat(warnings).doesNotContain("W_RESTORED", "W_DRIFT");
    switch (way) {
      case MERGE -> assertThat(warnings).doesNotContain("W_UNANCHORED", "W_UNREACHABLE");
      case SQUASH -> assertThat(warnings).contains("W_UNANCHORED");
    }
    assertThat(committed(site)).isEqualTo(lines(way, site));
  }

  /** Every line that was written, byte for byte. */
  private Set<String> lines(Way way, LedgerSite site) {
    assertThat(lines.stream().filter(line -> line.contains("\"type\":\"run\""))).hasSize(BRANCHES);
    Set<String> expected = new TreeSet<>(lines);
    committed(site).stream()
        .filter(line -> line.contains("\"type\":\"genesis\""))
        .forEach(expected::add);
    assertThat(expected).as(way.name()).hasSize(BRANCHES + 1);
    return expected;
  }

  private static Set<String> committed(LedgerSite site) {
    try (GitRepository git = site.repository().repository()) {
      List<String> found = new ArrayList<>();
      RunLedger.at(git, site.repository().head())
          .forEach(file -> new String(file.bytes().toArray(), UTF_8).lines().forEach(found::add));
      return found.stream().collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
