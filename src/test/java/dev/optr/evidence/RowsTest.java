package dev.optr.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.datalake.Candidate;
import dev.optr.evidence.Check.Result;
import dev.optr.git.Edit;
import dev.optr.testing.SampleAnswer;
import dev.optr.testing.SamplePolicy;
import dev.optr.testing.Samples;
import dev.optr.workflow.Constraint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left to jobs, and what was found before them. */
final class RowsTest {
  private static final SamplePolicy POLICY =
      SamplePolicy.defaults().withInvariants(JobsFixture.tests(0));
  private static final Constraint.Prose POLITE = new Constraint.Prose("c1", "be polite", false);

  @TempDir Path directory;
  private JobsFixture fixture;

  @BeforeEach
  void open() {
    fixture = new JobsFixture(directory);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void findsTheFrozenCommitAndEachOpenTreeOnce() throws Exception {
    Candidate one = fixture.candidate("claude", JobsFixture.ADDS);
    Candidate same = fixture.candidate("codex", JobsFixture.ADDS);
    Candidate other = fixture.candidate("copilot", JobsFixture.ADDS, JobsFixture.CHANGES_TEST);
    Candidate testsAlone = fixture.candidate("mscopilot", JobsFixture.CHANGES_TEST);

    List<Row> rows = rows(POLICY, one, same, other, testsAlone);

    // With frozen tests, copilot's tree is that of claude, and mscopilot's the frozen one.
    assertThat(rows)
        .extracting(row -> row.name() + " " + row.agents())
        .containsExactly(
            "head []", "claude [claude, codex]", "copilot [copilot]", "mscopilot [mscopilot]");
    assertThat(rows)
        .extracting(Row::tree)
        .containsExactly(fixture.frozen.tree(), one.tree(), other.tree(), testsAlone.tree());
  }

  @Test
  void findsTreesWithFrozenTestsOnceToo() throws Exception {
    Edit otherTest = new Edit.Rewrite("tests/b.sh", "test -e src/c\n", null);
    List<Row> rows =
        rows(
            POLICY,
            fixture.candidate("claude", JobsFixture.ADDS, JobsFixture.CHANGES_TEST),
            fixture.candidate("codex", JobsFixture.ADDS, otherTest));
    assertThat(rows)
        .extracting(row -> row.name() + " " + row.agents())
        .containsExactly(
            "head []", "claude [claude]", "codex [codex]", "claude+frozen-tests [claude, codex]");
  }

  @Test
  void leavesOutPathsThatSomethingHasDecidedAgainst() throws Exception {
    SamplePolicy policy =
        POLICY.withConstraints(
            new Constraint.Rule("small", "candidate.changedLines < 2", false),
            new Constraint.Rule("shown", "candidate.changedLines < 1", true));
    List<Row> rows =
        rows(
            policy,
            fixture.candidate("claude", new Edit.Create("src/c", "one\ntwo\n", false)),
            fixture.candidate("codex", new Edit.Create(".github/workflows/x.yml", "on: {}", false)),
            fixture.candidate("mscopilot", JobsFixture.ADDS));
    assertThat(rows).extracting(Row::name).containsExactly("head", "mscopilot");
    Candidate silent = Samples.without(SamplePolicy.lane("copilot", null), SampleAnswer.declined());
    assertThat(rows(policy, silent)).extracting(Row::name).containsExactly("head");
  }

  @Test
  void leavesInvariantsAndWhatWaitsForThemOpenWhileReviewsGoOn() throws Exception {
    SamplePolicy policy =
        POLICY.withConstraints(
            new Constraint.Rule("green", "candidate.checks['tests'] == 'held'", false), POLITE);
    Examiner examiner = fixture.examiner(policy, new Verification.Later());
    Examined examined = examiner.examine(fixture.candidate("claude", JobsFixture.ADDS));

    // Nobody is there to judge words, which shows that it was tried.
    assertThat(results(examined.checks()))
        .containsExactly("tests NOT_RUN", "green NOT_RUN", "c1 UNKNOWN");
    assertThat(examined.admissible()).isFalse();
    HeadExamined head = examiner.examineHead();
    assertThat(results(head.checks()))
        .containsExactly("tests NOT_RUN", "green NOT_RUN", "c1 UNKNOWN");
    assertThat(head.admissible()).isFalse();
  }

  @Test
  void admitsNothingWhoseInvariantsAreYetToBeVerified() throws Exception {
    Examined examined =
        fixture
            .examiner(POLICY, new Verification.Later())
            .examine(fixture.candidate("claude", JobsFixture.ADDS));
    assertThat(examined.whyNot()).isEmpty();
    assertThat(examined.admissible()).isFalse();
  }

  @Test
  void keepsWhatJudgesSaidBefore() throws Exception {
    Candidate claude = fixture.candidate("claude", JobsFixture.ADDS);
    Candidate codex = fixture.candidate("codex", new Edit.Create("src/d", "", false));
    WhyNot rude = new WhyNot(WhyNot.Code.INVARIANT_VIOLATION, "c1", "'c1': rude", "quote");
    Reviewing before =
        new Reviewing.Before(
            List.of(
                new Examined(claude, List.of(Samples.held("c1"), Samples.held("else")), List.of()),
                new Examined(codex, List.of(Samples.broken("c1", "rude")), List.of(rude))),
            new HeadExamined(List.of(Samples.held("c1")), List.of()));
    Examiner examiner =
        fixture.examiner(
            SamplePolicy.defaults().withConstraints(POLITE), new Verification.Later(), before);

    Examined held = examiner.examine(claude);
    assertThat(held.admissible()).isTrue();
    assertThat(held.checks()).contains(Samples.held("c1"));
    assertThat(examiner.examine(codex).whyNot()).containsExactly(rude);
    assertThat(examiner.examineHead().admissible()).isTrue();
    assertThat(examiner.settle(List.of(held))).containsExactly(held);
  }

  @Test
  void holdsNothingThatNobodyJudgedBefore() throws Exception {
    Candidate spared = fixture.candidate("claude", JobsFixture.ADDS);
    Check notRun =
        new Check("c1", Result.NOT_RUN, List.of("'x' does not hold"), 0, null, null, false);
    Reviewing before =
        new Reviewing.Before(
            List.of(new Examined(spared, List.of(notRun), List.of())),
            new HeadExamined(List.of(), List.of()));
    Examiner examiner =
        fixture.examiner(
            SamplePolicy.defaults().withConstraints(POLITE), new Verification.Later(), before);
    for (Candidate candidate : List.of(spared, fixture.candidate("codex", JobsFixture.ADDS))) {
      assertThat(examiner.examine(candidate).whyNot())
          .extracting(WhyNot::message)
          .containsExactly("it was not judged when the paths were proposed");
    }
    assertThat(examiner.examineHead().admissible()).isFalse();
  }

  private List<Row> rows(SamplePolicy policy, Candidate... candidates) throws InterruptedException {
    Examiner examiner = fixture.examiner(policy, new Verification.Later());
    List<Examined> examined = new ArrayList<>();
    for (Candidate candidate : candidates) {
      examined.add(examiner.examine(candidate));
    }
    return examiner.rows(examiner.settle(examined));
  }

  private static List<String> results(List<Check> checks) {
    return checks.stream()
        .filter(check -> List.of("tests", "green", "c1").contains(check.id()))
        .map(check -> check.id() + " " + check.result())
        .toList();
  }
}
