package dev.optr.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Redactor;
import dev.optr.datalake.DataLake;
import dev.optr.evidence.Check.Result;
import dev.optr.evidence.WhyNot.Code;
import dev.optr.git.Edit;
import dev.optr.git.FrozenTree;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeStore;
import dev.optr.isolation.Isolation;
import dev.optr.testing.SampleAnswer;
import dev.optr.testing.SamplePolicy;
import dev.optr.testing.Samples;
import dev.optr.testing.TempRepo;
import dev.optr.workflow.Invariant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that run for real: a test runner of six lines of shell, and what a path does to it. */
final class InvariantCommandsTest {
  private static final String GLOB = "reports/*.xml";

  // A test is a file in 'tests' that is run; its name and outcome go where they are wanted.
  private static final String RUNNER =
      """
      echo "TAP version 13"
      status=0; n=0; mkdir -p reports; echo "<testsuite>" > reports/run.xml
      for test in tests/*.sh; do n=$((n + 1))
        if sh "$test" > /dev/null 2>&1
        then echo "ok $n - $test"; echo "<testcase name='$test'/>" >> reports/run.xml
        else status=1; echo "not ok $n - $test"
          echo "<testcase name='$test'><failure/></testcase>" >> reports/run.xml
        fi
      done; echo "1..$n"; echo "</testsuite>" >> reports/run.xml; exit $status
      """;

  private static final Edit BREAKS_B = new Edit.Rewrite("src/b", "worse\n", null);
  private static final Edit HARMLESS = new Edit.Create("src/c", "new\n", false);

  @TempDir Path directory;
  private TempRepo repo;
  private GitRepository repository;
  private TreeStore trees;
  private FrozenTree frozen;

  /** Of three tests one fails on the frozen commit. */
  @BeforeEach
  void commitFiles() {
    repo = TempRepo.create(directory.resolve("repo"));
    commit(
        Map.of(
            "run.sh", RUNNER,
            "src/b", "good\n",
            "tests/a.sh", "true\n",
            "tests/b.sh", "grep good src/b\n",
            "tests/flaw.sh", "test -e src/fixed\n"));
    repository = repo.repository();
    trees = TreeStore.open(repository, directory.resolve("candidates"));
    frozen = repository.frozenTree(repository.resolve("HEAD").orElseThrow());
  }

  private void commit(Map<String, String> files) {
    repo.commit("files", files);
  }

  @AfterEach
  void close() {
    trees.close();
    repository.close();
    repo.close();
  }

  @Test
  void holdsAPathToTheExitCodeWhateverWasBefore() throws Exception {
    Check broken = check(hold("sh run.sh", GLOB), HARMLESS);
    assertThat(broken.result()).isEqualTo(Result.BROKEN);
    assertThat(broken.because())
        .containsExactly("exit code 1", "1 of 3 tests failed: 'tests/flaw.sh'");
    assertThat(broken.brokenBefore()).isTrue();

    Check held = check(hold("sh run.sh", GLOB), new Edit.Create("src/fixed", "", false));
    assertThat(held.result()).isEqualTo(Result.HELD);
    assertThat(tests(held)).isEqualTo(new Check.Tests(3, 0, 0));
    assertThat(held.brokenBefore()).isTrue();
  }

  @Test
  void believesAReportThatContradictsExitCodeZero() throws Exception {
    Check check = check(hold("sh run.sh; true", GLOB), HARMLESS);
    assertThat(check.result()).isEqualTo(Result.BROKEN);
    assertThat(check.because()).containsExactly("1 of 3 tests failed: 'tests/flaw.sh'");
    assertThat(check(hold("echo 1..1; echo 'not ok 1 - x'", null), HARMLESS).because())
        .containsExactly("1 of 1 tests failed: 'x'");
  }

  @Test
  void believesAnExitCodeThatContradictsTheReport() throws Exception {
    String run = "sh run.sh; sed -i s/.failure..// reports/run.xml; exit 9";
    assertThat(check(hold(run, GLOB), HARMLESS).because()).containsExactly("exit code 9");
  }

  @Test
  void knowsNothingWhereNoTestRanThatWasExpected() throws Exception {
    for (String run :
        List.of(
            "true",
            "mkdir reports; echo '<testsuite/>' > reports/a.xml",
            "mkdir reports; echo '<testsuite><testcase name=\"x\"><skipped/></testcase></testsuite>'"
                + " > reports/a.xml",
            "ln -s /etc reports",
            "mkdir elsewhere; echo '<testsuite><testcase name=\"x\"/></testsuite>' > elsewhere/a.xml;"
                + " ln -s elsewhere reports")) {
      Check check = check(hold(run, GLOB), HARMLESS);
      assertThat(check.result()).as(run).isEqualTo(Result.UNKNOWN);
      assertThat(check.because().getFirst()).contains("no test was executed").contains("'junit'");
    }
    assertThat(check(hold("true", null), HARMLESS).result()).isEqualTo(Result.HELD);
  }

  @Test
  void neverCountsAReportThatAPathBroughtAlong() throws Exception {
    Edit forged =
        new Edit.Create(
            "reports/forged.xml", "<testsuite><testcase name='x'/></testsuite>\n", false);
    Check check = check(hold("true", GLOB), forged);
    assertThat(check.result()).isEqualTo(Result.UNKNOWN);
  }

  @Test
  void knowsNothingWhereAReportCannotBeRead() throws Exception {
    String bomb =
        "mkdir reports; echo '<!DOCTYPE x [<!ENTITY a \"b\">]><testsuite><testcase name=\"&a;\"/>"
            + "</testsuite>' > reports/a.xml";
    Check check = check(hold(bomb, GLOB), HARMLESS);
    assertThat(check.result()).isEqualTo(Result.UNKNOWN);
    assertThat(check.because())
        .containsExactly("its tests cannot be counted: 'reports/a.xml': it has a DOCTYPE");
  }

  @Test
  void toleratesTestsThatFailedBeforeWhereNothingMayWorsen() throws Exception {
    for (@Nullable String junit : new @Nullable String[] {GLOB, null}) {
      Check check = check(notWorsen("sh run.sh", junit), HARMLESS);
      assertThat(check.because()).isEmpty();
      assertThat(check.result()).isEqualTo(Result.HELD);
      assertThat(tests(check)).isEqualTo(new Check.Tests(2, 1, 0));
      assertThat(check.brokenBefore()).isTrue();
    }
  }

  @Test
  void namesTestsThatAPathBreaksOrLoses() throws Exception {
    for (@Nullable String junit : new @Nullable String[] {GLOB, null}) {
      Examined examined =
          examine(List.of(notWorsen("sh run.sh", junit)), BREAKS_B, new Edit.Delete("tests/a.sh"));
      assertThat(examined.checks().getLast().because())
          .containsExactly(
              "tests that passed before do not run any more (1): 'tests/a.sh'",
              "tests that passed before fail (1): 'tests/b.sh'");
      assertThat(examined.whyNot())
          .extracting(WhyNot::code)
          .containsExactly(Code.INVARIANT_VIOLATION);
    }
  }

  @Test
  void takesARunThatEndsBeforeItsTestsForWorse() throws Exception {
    Check broken = check(notWorsen("test ! -e src/c && sh run.sh", GLOB), HARMLESS);
    assertThat(broken.result()).isEqualTo(Result.BROKEN);
    Check silent = check(notWorsen("test -e src/c || sh run.sh", GLOB), HARMLESS);
    assertThat(silent.result()).isEqualTo(Result.UNKNOWN);
    assertThat(silent.because().getFirst()).contains("though it was on the frozen commit");
    Check exit = check(notWorsen("sh run.sh; test ! -e src/c", GLOB), HARMLESS);
    assertThat(exit.because()).containsExactly("exit code 1, the frozen commit exits with 0");
  }

  @Test
  void comparesNothingWithNothing() throws Exception {
    Check check = check(notWorsen("test ! -e src/c || sh run.sh", null), HARMLESS);
    assertThat(check.result()).isEqualTo(Result.UNKNOWN);
    assertThat(check.because().getFirst()).contains("on the frozen commit");
    HeadExamined head = examiner(List.of(notWorsen("true", null))).examineHead();
    assertThat(head.checks()).extracting(Check::result).containsExactly(Result.UNKNOWN);
  }

  @Test
  void readsStandardOutputAloneWhereItDecides() throws Exception {
    String noisy = "printf progress... >&2; sh run.sh";
    assertThat(tests(check(notWorsen(noisy, null), HARMLESS))).isEqualTo(new Check.Tests(2, 1, 0));
  }

  @Test
  void runsTheFrozenVersionOfTestsThatAPathEdits() throws Exception {
    Check check =
        check(
            notWorsen("sh run.sh", GLOB), BREAKS_B, new Edit.Rewrite("tests/b.sh", "true\n", null));
    assertThat(check.result()).isEqualTo(Result.BROKEN);
    assertThat(check.because())
        .containsExactly(
            "with the frozen version of the tests that it changed ('tests/b.sh'): tests that"
                + " passed before fail (1): 'tests/b.sh'");
    assertThat(tests(check)).isEqualTo(new Check.Tests(2, 1, 0));
    Check.FrozenTests again = frozenTests(check);
    assertThat(again.files()).containsExactly("tests/b.sh");
    assertThat(again.command().tests()).isEqualTo(new Check.Tests(1, 2, 0));
  }

  @Test
  void admitsAPathThatHoldsWithItsTestsAndWithTheFrozenOnes() throws Exception {
    Check check =
        check(
            hold("sh run.sh", GLOB),
            new Edit.Create("src/fixed", "", false),
            new Edit.Rewrite("tests/flaw.sh", "test -f src/fixed\n", null),
            new Edit.Create("tests/more.sh", "true\n", false));
    assertThat(check.because()).isEmpty();
    assertThat(check.result()).isEqualTo(Result.HELD);
    assertThat(tests(check)).isEqualTo(new Check.Tests(4, 0, 0));
    assertThat(frozenTests(check).command().tests()).isEqualTo(new Check.Tests(4, 0, 0));
  }

  @Test
  void saysThatFrozenTestsPerhapsDoNotCompile() throws Exception {
    // Tests that name what 'src/b' does not hold do not compile.
    String compile = "word=$(cut -d ' ' -f 2 tests/b.sh); grep -q $word src/b || exit 2; ";
    Edit[] rename = {
      new Edit.Rewrite("src/b", "better\n", null),
      new Edit.Rewrite("tests/b.sh", "grep better src/b\n", null)
    };
    String blame =
        "with the frozen version of the tests that it changed ('tests/b.sh'): exit code 2";
    assertThat(check(hold(compile + "true", null), rename).because())
        .containsExactly(blame + "; they fail, or do not compile against what the path changed");
    assertThat(check(hold(compile + "echo 1..1; echo ok", null), rename).because())
        .containsExactly(
            blame + "; no test ran, as where they do not compile against what the path changed");
  }

  @Test
  void runsNothingWhereFrozenTestsHaveNoPlace() throws Exception {
    Path ran = directory.resolve("ran");
    Check check =
        check(
            hold("test ! -e tests/b.sh/x || touch " + ran, null),
            new Edit.Delete("tests/b.sh"),
            new Edit.Create("tests/b.sh/x", "x\n", false));
    assertThat(check.result()).isEqualTo(Result.UNKNOWN);
    assertThat(ran).doesNotExist();
  }

  @Test
  void marksWhatHoldsOnlyWhenRunAgain() throws Exception {
    Path count = directory.resolve("count");
    String run =
        "test ! -e src/c || { echo x >> %s; test $(wc -l < %s) -ge 2; }".formatted(count, count);
    Check flaky = check(retried(2, run), HARMLESS);
    assertThat(flaky.result()).isEqualTo(Result.HELD);
    assertThat(flaky.flaky()).isTrue();
    assertThat(command(flaky).attempts()).isEqualTo(3);
    assertThat(flaky.brokenBefore()).isFalse();

    Check broken = check(retried(2, "test ! -e src/c"), HARMLESS);
    assertThat(broken.result()).isEqualTo(Result.BROKEN);
    assertThat(command(broken).attempts()).isEqualTo(3);
    assertThat(broken.flaky()).isFalse();
  }

  @Test
  void retriesOnTheFrozenCommitAsWell() throws Exception {
    Path count = directory.resolve("count");
    String run = "echo x >> %s; test $(wc -l < %s) -ge 2".formatted(count, count);
    HeadExamined head = examiner(List.of(retried(1, run))).examineHead();
    assertThat(head.admissible()).isTrue();
    assertThat(head.checks().getFirst().flaky()).isTrue();
  }

  @Test
  void sparesAPathTheCommandsBehindOneThatDoesNotHold() throws Exception {
    Path ran = directory.resolve("ran");
    List<Invariant> invariants =
        List.of(
            hold("one", "test ! -e src/c", null),
            hold("two", "test ! -e src/c || touch " + ran, null),
            hold("three", "true", null));
    Examined examined = examine(invariants, HARMLESS);
    assertThat(examined.checks().subList(3, 6))
        .extracting(Check::result)
        .containsExactly(Result.BROKEN, Result.NOT_RUN, Result.NOT_RUN);
    assertThat(examined.checks().getLast().because()).containsExactly("'one' does not hold");
    assertThat(examined.admissible()).isFalse();
    assertThat(ran).doesNotExist();
    assertThat(
            examiner(List.of(hold("one", "false", null), hold("two", "true", null)))
                .examineHead()
                .checks())
        .extracting(Check::result)
        .containsExactly(Result.BROKEN, Result.HELD);
  }

  private Check check(Invariant invariant, Edit... edits) throws InterruptedException {
    return examine(List.of(invariant), edits).checks().getLast();
  }

  private Examined examine(List<Invariant> invariants, Edit... edits) throws InterruptedException {
    return examiner(invariants)
        .examine(
            new DataLake(trees, frozen, new Redactor(List.of()))
                .capture(SamplePolicy.lane("codex", null), SampleAnswer.proposed(edits)));
  }

  private Examiner examiner(List<Invariant> invariants) {
    Redactor redactor = new Redactor(List.of());
    return new Examiner(
        SamplePolicy.defaults().withInvariants(invariants.toArray(Invariant[]::new)).workflow(),
        Samples.intent(),
        List.of(),
        frozen,
        trees,
        new Verification.Here(
            new CommandPolicy.Run(),
            new CommandRunner(
                trees,
                Map.of("PATH", "/usr/local/bin:/usr/bin:/bin"),
                directory.resolve("homes"),
                redactor,
                System::nanoTime,
                2,
                Isolation.none("no test of isolation"))),
        Optional.empty(),
        new Reviewing.ByBench(NoJudges.bench()),
        redactor,
        System::nanoTime);
  }

  private static Check.@Nullable Tests tests(Check check) {
    return command(check).tests();
  }

  private static Check.FrozenTests frozenTests(Check check) {
    return Objects.requireNonNull(command(check).frozenTests());
  }

  private static Check.Command command(Check check) {
    return Objects.requireNonNull(check.command());
  }

  private static Invariant hold(String run, @Nullable String junit) {
    return hold("tests", run, junit);
  }

  private static Invariant hold(String id, String run, @Nullable String junit) {
    return invariant(id, run, Invariant.Must.HOLD, junit, 0);
  }

  private static Invariant notWorsen(String run, @Nullable String junit) {
    return invariant("tests", run, Invariant.Must.NOT_WORSEN, junit, 0);
  }

  private static Invariant retried(int retries, String run) {
    return invariant("tests", run, Invariant.Must.HOLD, null, retries);
  }

  private static Invariant invariant(
      String id, String run, Invariant.Must must, @Nullable String junit, int retries) {
    return new Invariant(
        id, run, Duration.ofMinutes(2), must, junit, retries, List.of(), List.of(), List.of());
  }
}
