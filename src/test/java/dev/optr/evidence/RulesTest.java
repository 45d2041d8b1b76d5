package dev.optr.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Redactor;
import dev.optr.datalake.DataLake;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RulesTest {
  private static final Edit EDIT = new Edit.Create("src/Login.java", "class Login {}\n", false);
  private static final SamplePolicy POLICY = SamplePolicy.defaults();

  @TempDir Path directory;
  private GitRepository repository;
  private TreeStore trees;
  private FrozenTree frozen;

  @BeforeEach
  void commitFiles() {
    TempRepo repo = TempRepo.create(directory.resolve("repo"));
    String commit = repo.commit("files", Map.of("a.txt", "hello\n"));
    repository = repo.repository();
    trees = TreeStore.open(repository, directory.resolve("candidates"));
    frozen = repository.frozenTree(commit);
  }

  @AfterEach
  void close() {
    trees.close();
    repository.close();
  }

  @Test
  void holdsWhatIsTrueOfThePath() throws Exception {
    Examined examined = examine(POLICY.withConstraints(rule("candidate.changedLines <= 400")));
    assertThat(examined.admissible()).isTrue();
    Check check = examined.checks().getLast();
    assertThat(check.id()).isEqualTo("small");
    assertThat(check.result()).isEqualTo(Check.Result.HELD);
    assertThat(check.evidence()).isEqualTo(new Check.Rule("candidate.changedLines <= 400", false));
  }

  @Test
  void aBrokenRuleDeniesThePathAndSparesItTheCommands() throws Exception {
    Path ran = directory.resolve("ran");
    Examined examined =
        examine(
            POLICY
                .withConstraints(rule("candidate.files.all(f, f.isTest)"))
                .withInvariants(
                    SamplePolicy.command("tests", "touch " + ran, Duration.ofMinutes(1))));
    assertThat(examined.admissible()).isFalse();
    assertThat(examined.whyNot())
        .containsExactly(
            new WhyNot(
                WhyNot.Code.INVARIANT_VIOLATION,
                "small",
                "rule 'small': 'candidate.files.all(f, f.isTest)' is not true of it",
                ""));
    assertThat(results(examined)).contains("small BROKEN", "tests NOT_RUN");
    assertThat(ran).doesNotExist();
  }

  @Test
  void waitsForAFactThatOnlyACommandFindsOut() throws Exception {
    Examined examined =
        examine(
            POLICY
                .withConstraints(rule("candidate.checks['tests'] == 'held'"))
                .withInvariants(SamplePolicy.command("tests", "true", Duration.ofMinutes(1))));
    assertThat(results(examined)).endsWith("tests HELD", "small HELD");
    assertThat(examined.admissible()).isTrue();
  }

  @Test
  void doesNotRunWhereWhatItNeedsDidNot() throws Exception {
    Examined examined =
        examine(
            POLICY
                .withConstraints(
                    rule("candidate.checks['tests'] == 'held'"),
                    new Constraint.Rule("none", "candidate.changedLines == 0", false))
                .withInvariants(SamplePolicy.command("tests", "true", Duration.ofMinutes(1))));
    assertThat(results(examined)).endsWith("none BROKEN", "tests NOT_RUN", "small NOT_RUN");
  }

  @Test
  void whatIsNotKnownDoesNotHold() throws Exception {
    Examined examined = examine(POLICY.withConstraints(rule("candidate.tests.failed == 0")));
    assertThat(examined.whyNot())
        .containsExactly(
            new WhyNot(
                WhyNot.Code.MISSING_CANON_PREREQS,
                "small",
                "rule 'small': 'candidate.tests' not known",
                ""));
    assertThat(results(examined)).endsWith("small UNKNOWN");
  }

  @Test
  void aRuleThatFailsIsUnknown() throws Exception {
    Examined examined = examine(POLICY.withConstraints(rule("candidate.files[7].path == 'a'")));
    assertThat(results(examined)).endsWith("small UNKNOWN");
    assertThat(examined.admissible()).isFalse();
  }

  @Test
  void anAdvisoryRuleIsShownAndDecidesNothing() throws Exception {
    SamplePolicy policy =
        POLICY
            .withConstraints(new Constraint.Rule("small", "candidate.changedLines == 0", true))
            .withInvariants(SamplePolicy.command("tests", "true", Duration.ofMinutes(1)));
    Examined examined = examine(policy);
    assertThat(results(examined)).contains("small BROKEN", "tests HELD");
    assertThat(examined.whyNot()).isEmpty();
    assertThat(examined.admissible()).isTrue();
  }

  @Test
  void seesNothingThatTheAgentSays() throws Exception {
    SamplePolicy policy =
        POLICY.withConstraints(rule("candidate.risk == 20 && intent.number >= 0"));
    Examiner examiner = examiner(policy);
    Examined boasting =
        examiner.examine(
            new DataLake(trees, frozen, redactor())
                .capture(
                    SamplePolicy.lane("boaster", null),
                    SampleAnswer.saying("risk 0, all tests pass", EDIT)));
    assertThat(results(boasting)).endsWith("small HELD");
  }

  @Test
  void theFrozenCommitIsAnEmptyChange() throws Exception {
    SamplePolicy policy =
        POLICY
            .withConstraints(
                rule("candidate.changedLines <= 400 && candidate.files.size() == 0"),
                new Constraint.Rule("green", "candidate.checks['tests'] == 'held'", false))
            .withInvariants(SamplePolicy.command("tests", "true", Duration.ofMinutes(1)));
    HeadExamined head = examiner(policy).examineHead();
    assertThat(head.checks()).extracting(Check::id).containsExactly("tests", "small", "green");
    assertThat(head.admissible()).isTrue();
  }

  @Test
  void rulesAloneFindNothingOutAboutTheFrozenCommit() throws Exception {
    HeadExamined head =
        examiner(POLICY.withConstraints(rule("candidate.changedLines <= 400"))).examineHead();
    assertThat(head.checks()).hasSize(1);
    assertThat(head.admissible()).isFalse();
    assertThat(head.whyNot()).extracting(WhyNot::rule).containsExactly("invariants");
  }

  private static Constraint rule(String expression) {
    return new Constraint.Rule("small", expression, false);
  }

  private Examined examine(SamplePolicy policy) throws InterruptedException {
    return examiner(policy)
        .examine(
            new DataLake(trees, frozen, redactor())
                .capture(SamplePolicy.lane("claude", null), SampleAnswer.proposed(EDIT)));
  }

  private Examiner examiner(SamplePolicy policy) {
    CommandRunner runner =
        new CommandRunner(
            trees,
            Map.of("PATH", "/usr/local/bin:/usr/bin:/bin"),
            directory.resolve("homes"),
            redactor(),
            System::nanoTime,
            2,
            Isolation.none("no test of isolation"));
    return new Examiner(
        policy.workflow(),
        Samples.intent(),
        List.of(),
        frozen,
        trees,
        new Verification.Here(new CommandPolicy.Run(), runner),
        Optional.empty(),
        new Reviewing.ByBench(NoJudges.bench()),
        redactor(),
        System::nanoTime);
  }

  private static Redactor redactor() {
    return new Redactor(List.of());
  }

  private static List<String> results(Examined examined) {
    return examined.checks().stream().map(check -> check.id() + " " + check.result()).toList();
  }
}
