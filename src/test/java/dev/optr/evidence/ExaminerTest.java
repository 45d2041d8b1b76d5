package dev.optr.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.agents.Answer;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
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
import dev.optr.workflow.Constraint;
import dev.optr.workflow.Invariant;
import dev.optr.workflow.Workflow;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExaminerTest {
  private static final String KEY = "sk-test-0123456789abcdef";
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Duration SHORT = Duration.ofSeconds(3);
  private static final Edit GOOD = new Edit.Create("good.txt", "good\n", false);
  private static final SamplePolicy POLICY = SamplePolicy.defaults();
  private final Redactor redactor = new Redactor(List.of(Secret.of(KEY)));

  @TempDir Path directory;
  private TempRepo repo;
  private GitRepository repository;
  private TreeStore trees;
  private FrozenTree frozen;

  @BeforeEach
  void commitFiles() {
    repo = TempRepo.create(directory.resolve("repo"));
    String commit = repo.commit("files", Map.of("a.txt", "hello\n", "AGENTS.md", "be kind\n"));
    repository = repo.repository();
    trees = TreeStore.open(repository, directory.resolve("candidates"));
    frozen = repository.frozenTree(commit);
  }

  @AfterEach
  void close() {
    trees.close();
    repository.close();
    repo.close();
  }

  @Test
  void admitsAPathWhoseEveryCheckHolds() throws Exception {
    Examined examined = examine(POLICY.withInvariants(command("tests", "test -e good.txt")), GOOD);
    assertThat(results(examined))
        .containsExactly(
            "patch-applies HELD", "paths-allowed HELD", "no-secrets HELD", "tests HELD");
    assertThat(examined.admissible()).isTrue();
    assertThat(examined.whyNot()).isEmpty();
    Check tests = examined.checks().getLast();
    assertThat(tests.brokenBefore()).isTrue();
    assertThat(tests.repeat())
        .isEqualTo(
            "d=$(mktemp -d) && git archive "
                + examined.candidate().tree()
                + " | tar -x -C \"$d\" && cd \"$d\" && sh -c 'test -e good.txt'");
    assertThat(tests.command()).isEqualTo(new Check.Command(0, false, ""));
  }

  @Test
  void deniesABrokenCommandWithTheLastLineThatSaysSomething() throws Exception {
    String run = "echo 'Tests run: 3, Failures: 1'; echo '----'; echo; test ! -e good.txt";
    Examined examined = examine(POLICY.withInvariants(command("tests", run)), GOOD);
    assertThat(examined.whyNot())
        .containsExactly(
            new WhyNot(
                Code.INVARIANT_VIOLATION,
                "tests",
                "'tests': exit code 1",
                "Tests run: 3, Failures: 1"));
    assertThat(examined.checks().getLast().brokenBefore()).isFalse();
    assertThat(examined.admissible()).isFalse();
  }

  @Test
  void givesEveryCommandAFreshDirectory() throws Exception {
    Examined examined =
        examine(
            POLICY.withInvariants(
                command("first", "touch left-behind"), command("second", "test ! -e left-behind")),
            GOOD);
    assertThat(examined.admissible()).isTrue();
  }

  @Test
  void blamesATimeoutOnThePathOnlyWhereTheFrozenCommitWasInTime() throws Exception {
    Invariant slowHere = SamplePolicy.command("slow", "test ! -e good.txt || sleep 600", SHORT);
    Examined slow = examine(POLICY.withInvariants(slowHere), GOOD);
    assertThat(codes(slow)).containsExactly("INVARIANT_VIOLATION slow");

    Invariant slowEverywhere = SamplePolicy.command("slow", "sleep 600", Duration.ofSeconds(1));
    Examiner examiner = examiner(POLICY.withInvariants(slowEverywhere));
    Examined everywhere = examiner.examine(candidate("claude", SampleAnswer.proposed(GOOD)));
    assertThat(codes(everywhere)).containsExactly("MISSING_CANON_PREREQS slow");
    assertThat(examiner.examineHead().checks())
        .extracting(Check::result)
        .containsExactly(Result.UNKNOWN);
  }

  @Test
  void runsNoCommandOnAPathThatIsAlreadyDecided() throws Exception {
    Path ran = directory.resolve("ran");
    Examined examined =
        examine(
            POLICY.withInvariants(command("tests", "test ! -e good.txt || touch " + ran)),
            GOOD,
            new Edit.Replace("AGENTS.md", "kind", "cruel"),
            new Edit.Create(".github/workflows/x.yml", "on: push\n", false));
    assertThat(results(examined))
        .containsExactly(
            "patch-applies HELD", "paths-allowed BROKEN", "no-secrets HELD", "tests NOT_RUN");
    assertThat(examined.checks().getLast().because())
        .containsExactly("'paths-allowed' does not hold");
    assertThat(examined.whyNot())
        .extracting(WhyNot::evidence)
        .containsExactly(".github/workflows/x.yml", "AGENTS.md");
    assertThat(ran).doesNotExist();
  }

  @Test
  void tellsAPatchThatDoesNotFitFromAHostileOne() throws Exception {
    Examined misfit = examine(POLICY, new Edit.Replace("a.txt", "absent", "x"));
    assertThat(codes(misfit)).containsExactly("INVARIANT_VIOLATION patch-applies");
    assertThat(results(misfit))
        .containsExactly("patch-applies BROKEN", "paths-allowed NOT_RUN", "no-secrets HELD");

    for (String path :
        List.of("../x", "/etc/x", "a/../../x", ".git/hooks/x", ".GIT/config", "git~1/x")) {
      Examined hostile = examine(POLICY, new Edit.Create(path, "x", false));
      assertThat(codes(hostile)).as(path).containsExactly("AUTHORITY_BOUNDARY_FAIL patch-applies");
    }
  }

  @Test
  void deniesWhatWasWithheld() throws Exception {
    Examined secret = examine(POLICY, new Edit.Create("x", KEY, false));
    assertThat(codes(secret)).containsExactly("AUTHORITY_BOUNDARY_FAIL no-secrets");
    assertThat(results(secret))
        .containsExactly("patch-applies NOT_RUN", "paths-allowed NOT_RUN", "no-secrets BROKEN");

    Examined large = examine(POLICY, new Edit.Create("x", "y".repeat(5 << 20), false));
    assertThat(codes(large)).containsExactly("AUTHORITY_BOUNDARY_FAIL proposal-size");
    assertThat(large.admissible()).isFalse();
  }

  @Test
  void deniesForeignCredentialsInFilesAndAnswerWithoutQuotingThem() throws Exception {
    String token = "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a";
    Examined inFile = examine(POLICY, new Edit.Create("x.txt", "one\ntoken " + token, false));
    assertThat(inFile.whyNot())
        .containsExactly(
            new WhyNot(
                Code.AUTHORITY_BOUNDARY_FAIL,
                "no-secrets",
                "'x.txt:2' holds what looks like a GitHub token",
                "x.txt:2"));
    Examined inAnswer =
        examiner(POLICY).examine(candidate("claude", SampleAnswer.saying("use " + token, GOOD)));
    assertThat(codes(inAnswer)).containsExactly("AUTHORITY_BOUNDARY_FAIL no-secrets");
    assertThat(inAnswer.whyNot().toString()).doesNotContain(token);
  }

  @Test
  void deniesACredentialInTheNameOfAFileWithoutQuotingIt() throws Exception {
    String token = "glpat-" + "ZYXWVUTSRQ9876543210";
    Examined examined = examine(POLICY, new Edit.Create("docs/" + token + ".md", "one\n", false));
    assertThat(codes(examined)).containsExactly("AUTHORITY_BOUNDARY_FAIL no-secrets");
    assertThat(examined.whyNot().toString()).contains("a GitLab token").doesNotContain(token);
  }

  @Test
  void leavesAloneWhatTheFrozenTreeAlreadyHas() throws Exception {
    String token = "glpat-" + "ABCDEFGHIJ0123456789";
    String commit = repo.commit("old sin", Map.of("old.txt", "token " + token + "\nline\n"));
    frozen = repository.frozenTree(commit);
    assertThat(examine(POLICY, new Edit.Replace("old.txt", "line", "row")).admissible()).isTrue();
  }

  @Test
  void examinesATreeOnceThoughSeveralLanesReachItAtOnce() throws Exception {
    Path runs = directory.resolve("runs");
    Examiner examiner =
        examiner(POLICY.withInvariants(command("tests", "sleep 0.3; echo x >> " + runs)));
    try (ExecutorService lanes = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Examined>> all =
          List.of("a", "b", "c", "d").stream()
              .map(
                  name ->
                      lanes.submit(
                          () -> examiner.examine(candidate(name, SampleAnswer.proposed(GOOD)))))
              .toList();
      Future<HeadExamined> head = lanes.submit(examiner::examineHead);
      assertThat(head.get().admissible()).isTrue();
      for (Future<Examined> one : all) {
        assertThat(one.get().admissible()).isTrue();
        assertThat(one.get().checks().getLast()).isEqualTo(all.getFirst().get().checks().getLast());
      }
    }
    assertThat(Files.readAllLines(runs)).hasSize(2);
  }

  @Test
  void examinesTheFrozenCommitByItsInvariants() throws Exception {
    HeadExamined head =
        examiner(POLICY.withInvariants(command("ok", "true"), command("it's", "exit '2'")))
            .examineHead();
    assertThat(head.admissible()).isFalse();
    assertThat(head.checks()).extracting(Check::id).containsExactly("ok", "it's");
    Check broken = head.checks().getLast();
    assertThat(broken.brokenBefore()).isTrue();
    assertThat(broken.repeat())
        .isEqualTo(
            "d=$(mktemp -d) && git archive "
                + frozen.commit()
                + " . ':!datalake' | tar -x -C \"$d\" && cd \"$d\" && sh -c 'exit '\\''2'\\'''");
    assertThat(head.whyNot()).extracting(WhyNot::rule).containsExactly("it's");
  }

  @Test
  void findsNothingOutWhereCommandsMayNotRun() throws Exception {
    Path ran = directory.resolve("ran");
    Examiner examiner =
        new Examiner(
            POLICY.withInvariants(command("tests", "touch " + ran)).workflow(),
            Samples.intent(),
            List.of(),
            frozen,
            trees,
            new Verification.Here(
                new CommandPolicy.Unknown("candidate code does not run here"), runner()),
            Optional.empty(),
            new Reviewing.ByBench(NoJudges.bench()),
            redactor,
            System::nanoTime);
    Examined examined = examiner.examine(candidate("claude", SampleAnswer.proposed(GOOD)));
    assertThat(codes(examined)).containsExactly("MISSING_CANON_PREREQS tests");
    assertThat(examiner.examineHead().admissible()).isFalse();
    assertThat(ran).doesNotExist();
  }

  @Test
  void passesOverNoSettingThatItCannotHonour() throws Exception {
    Invariant cached =
        new Invariant(
            "tests",
            "true",
            LONG,
            Invariant.Must.HOLD,
            null,
            0,
            List.of(),
            List.of(),
            List.of("cache"));
    assertThat(codes(examine(POLICY.withInvariants(cached), GOOD)))
        .containsExactly("MISSING_CANON_PREREQS tests");
    Constraint decides = new Constraint.Prose("c1", "keep the API", false);
    Constraint shown = new Constraint.Prose("tone", "be polite", true);
    Examined examined = examine(POLICY.withConstraints(decides, shown), GOOD);
    assertThat(codes(examined)).containsExactly("MISSING_CANON_PREREQS c1");
    assertThat(results(examined)).noneMatch(result -> result.startsWith("tone"));
  }

  @Test
  void holdsPathsToTheBounds() throws Exception {
    Workflow.Bounds dear = new Workflow.Bounds(null, new BigDecimal("0.50"), null);
    Examiner examiner = examiner(POLICY.withBounds(dear));
    assertThat(codes(examiner.examine(candidate("a", SampleAnswer.costing("0.51", GOOD)))))
        .containsExactly("COST_BOUND_EXCEEDED bounds.usd");
    assertThat(examiner.examine(candidate("b", SampleAnswer.costing("0.5", GOOD))).admissible())
        .isTrue();
    Workflow.Bounds unmeasured =
        new Workflow.Bounds(new BigDecimal("60"), null, new BigDecimal("0.2"));
    assertThat(codes(examine(POLICY.withBounds(unmeasured), GOOD)))
        .containsExactly("MISSING_CANON_PREREQS bounds.probability");
    Workflow.Bounds careful = new Workflow.Bounds(new BigDecimal("9.5"), null, null);
    assertThat(codes(examine(POLICY.withBounds(careful), GOOD))).isEmpty();
    Edit build = new Edit.Create("pom.xml", "<project/>\n", false);
    assertThat(codes(examine(POLICY.withBounds(careful), build)))
        .containsExactly("RISK_BOUND_EXCEEDED bounds.risk");
  }

  @Test
  void hasNothingToSayOfALaneThatProposedNothing() throws Exception {
    Examined examined = examiner(POLICY).examine(candidate("claude", SampleAnswer.declined()));
    assertThat(examined.checks()).isEmpty();
    assertThat(examined.whyNot()).isEmpty();
    assertThat(examined.admissible()).isFalse();
  }

  private Examined examine(SamplePolicy policy, Edit... edits) throws InterruptedException {
    return examiner(policy).examine(candidate("claude", SampleAnswer.proposed(edits)));
  }

  private dev.optr.datalake.Candidate candidate(String agent, Answer answer) {
    return new DataLake(trees, frozen, redactor).capture(SamplePolicy.lane(agent, null), answer);
  }

  private Examiner examiner(SamplePolicy policy) {
    return new Examiner(
        policy.workflow(),
        Samples.intent(),
        List.of(),
        frozen,
        trees,
        new Verification.Here(new CommandPolicy.Run(), runner()),
        Optional.empty(),
        new Reviewing.ByBench(NoJudges.bench()),
        redactor,
        System::nanoTime);
  }

  private CommandRunner runner() {
    return new CommandRunner(
        trees,
        Map.of("PATH", "/usr/local/bin:/usr/bin:/bin"),
        directory.resolve("homes"),
        redactor,
        System::nanoTime,
        2,
        Isolation.none("no test of isolation"));
  }

  private static Invariant command(String id, String run) {
    return SamplePolicy.command(id, run, LONG);
  }

  private static List<String> results(Examined examined) {
    return examined.checks().stream().map(check -> check.id() + " " + check.result()).toList();
  }

  private static List<String> codes(Examined examined) {
    return examined.whyNot().stream().map(whyNot -> whyNot.code() + " " + whyNot.rule()).toList();
  }
}
