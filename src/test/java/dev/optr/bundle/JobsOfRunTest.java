package dev.optr.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.evidence.JobRun;
import dev.optr.evidence.JobRun.Conclusion;
import dev.optr.evidence.JobsTold;
import dev.optr.evidence.Row;
import dev.optr.github.WorkflowJob;
import dev.optr.github.WorkflowStep;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class JobsOfRunTest {
  private static final String COMMIT = "c".repeat(40);
  private static final String NAME = "optr-verify (codex, tests)";
  private static final Row ROW = new Row("codex", "a".repeat(40), List.of("codex"));
  private static final ExpectedJob EXPECTED = new ExpectedJob(NAME, ROW, null, List.of("tests"));
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  @Test
  void findsTheStepInTheJob() {
    JobsTold told = told(job(NAME, "success", step("optr: tests", "success")));
    assertThat(told.rows()).containsExactly(ROW);
    assertThat(told.images()).isEmpty();
    assertThat(told.problems()).isEmpty();
    assertThat(told.runs())
        .containsExactly(
            new JobRun(
                "codex",
                "tests",
                null,
                1,
                Conclusion.SUCCESS,
                START,
                START.plusSeconds(60),
                "runner",
                "https://page",
                new JobRun.Whole(Conclusion.SUCCESS, START, START.plusSeconds(60))));
  }

  @Test
  void findsAJobThatAReusableWorkflowHas() {
    assertThat(
            conclusion(job("optr / verify / " + NAME, "success", step("optr: tests", "success"))))
        .isEqualTo(Conclusion.SUCCESS);
    assertThat(conclusion(job("x/ " + NAME, "success", step("optr: tests", "success")))).isNull();
  }

  @Test
  void readsWhatTheStepConcludedWhateverTheJobDid() {
    assertThat(conclusion(job(NAME, "failure", step("optr: tests", "success"))))
        .isEqualTo(Conclusion.SUCCESS);
    assertThat(conclusion(job(NAME, "success", step("optr: tests", "failure"))))
        .isEqualTo(Conclusion.FAILURE);
    assertThat(conclusion(job(NAME, "failure", step("optr: tests", "skipped"))))
        .isEqualTo(Conclusion.SKIPPED);
  }

  @Test
  void tellsTheWholeJobBesideTheStep() {
    WorkflowJob job =
        new WorkflowJob(
            1,
            NAME,
            COMMIT,
            true,
            "failure",
            START.minusSeconds(90),
            START.plusSeconds(75),
            "runner",
            null,
            List.of(step("optr: tests", "success")));
    JobRun run = told(job).runs().getFirst();
    assertThat(run.conclusion()).isEqualTo(Conclusion.SUCCESS);
    assertThat(run.startedAt()).isEqualTo(START);
    assertThat(run.whole())
        .isEqualTo(
            new JobRun.Whole(Conclusion.FAILURE, START.minusSeconds(90), START.plusSeconds(75)));
    assertThat(told(job(NAME, "\u001b[31m", step("optr: tests", "success"))).runs())
        .extracting(JobRun::whole)
        .containsExactly(new JobRun.Whole(Conclusion.UNKNOWN, START, START.plusSeconds(60)));
  }

  @Test
  void tellsOfNoWholeJobWhereTwoHaveTheName() {
    WorkflowJob job = job(NAME, "success", step("optr: tests", "success"));
    assertThat(told(job, job).runs())
        .extracting(JobRun::whole)
        .containsExactly((JobRun.Whole) null);
  }

  @Test
  void knowsNothingOfAJobWhoseStepWasRenamed() {
    assertNothing(
        "its job, which concluded 'success', has no step 'optr: tests' in attempt 1",
        job(NAME, "success", step("optr: test", "success"), step("OPTR: TESTS", "success")));
  }

  @Test
  void knowsNothingOfAStepThatIsThereTwice() {
    assertNothing(
        "its job has 2 steps 'optr: tests' in attempt 1",
        job(NAME, "success", step("optr: tests", "success"), step("optr: tests", "success")));
  }

  @Test
  void knowsNothingOfNamesThatAreThereTwice() {
    assertNothing(
        "2 jobs are named 'optr-verify (codex, tests)' in attempt 1",
        job(NAME, "success", step("optr: tests", "success")),
        job("fake / " + NAME, "success", step("optr: tests", "success")));
  }

  @Test
  void knowsNothingOfAJobOnAnotherCommit() {
    WorkflowJob other =
        new WorkflowJob(
            1,
            NAME,
            "d".repeat(40),
            true,
            "success",
            START,
            START,
            "",
            null,
            List.of(step("optr: tests", "success")));
    assertNothing(
        "its job ran on commit " + "d".repeat(40) + ", not on " + COMMIT + " in attempt 1", other);
  }

  @Test
  void knowsNothingOfAJobThatIsStillRunning() {
    WorkflowJob running =
        new WorkflowJob(
            1,
            NAME,
            COMMIT,
            false,
            null,
            START,
            null,
            "",
            null,
            List.of(step("optr: tests", "success")));
    assertNothing("its job had not come to an end in attempt 1", running);
    assertThat(told(running).runs().getFirst().whole())
        .isEqualTo(new JobRun.Whole(Conclusion.UNKNOWN, START, null));
    assertThat(JobsOfRun.unfinished(List.of(EXPECTED), List.of(running))).containsExactly(NAME);
    assertThat(JobsOfRun.unfinished(List.of(EXPECTED), List.of(job("other", "success")))).isEmpty();
  }

  @Test
  void takesNoSuccessOfAJobOfAnotherName() {
    JobsTold told =
        told(
            job("optr-verify (codex, tests) ", "success", step("optr: tests", "success")),
            job("optr-verify (claude, tests)", "success", step("optr: tests", "success")),
            job("tests", "success", step("optr: tests", "success")));
    assertThat(told.runs()).isEmpty();
    assertThat(told.problems())
        .containsExactly(
            new JobsTold.Problem(
                "codex",
                "tests",
                null,
                JobsTold.ALL_ATTEMPTS,
                "the run has no job 'optr-verify (codex, tests)'"));
  }

  @Test
  void tellsCancelledAndSkippedJobsThatHaveNoStep() {
    assertThat(conclusion(job(NAME, "cancelled"))).isEqualTo(Conclusion.CANCELLED);
    assertThat(conclusion(job(NAME, "skipped"))).isEqualTo(Conclusion.SKIPPED);
    assertNothing(
        "its job, which concluded 'failure', has no step 'optr: tests' in attempt 1",
        job(NAME, "failure"));
    assertNothing(
        "its job, which concluded 'something else', has no step 'optr: tests' in attempt 1",
        job(NAME, "\u001b[31m"));
  }

  @Test
  void tellsAStepThatWasEndedWithItsJob() {
    WorkflowStep running = new WorkflowStep("optr: tests", false, null, START, null);
    assertThat(conclusion(job(NAME, "cancelled", running))).isEqualTo(Conclusion.CANCELLED);
    assertThat(conclusion(job(NAME, "timed_out", running))).isEqualTo(Conclusion.TIMED_OUT);
    assertThat(conclusion(job(NAME, "timed_out", step("optr: tests", "cancelled"))))
        .isEqualTo(Conclusion.TIMED_OUT);
    assertThat(conclusion(job(NAME, "timed_out", step("optr: tests", "success"))))
        .isEqualTo(Conclusion.SUCCESS);
    assertNothing("its step had not come to an end in attempt 1", job(NAME, "failure", running));
    assertNothing(
        "its step concluded 'neutral' in attempt 1",
        job(NAME, "success", step("optr: tests", "neutral")));
    assertNothing(
        "its step concluded 'nothing' in attempt 1",
        job(NAME, "success", step("optr: tests", null)));
  }

  @Test
  void showsEveryAttemptFromTheBundlesOwnOn() {
    JobsTold told =
        JobsOfRun.told(
            List.of(EXPECTED),
            COMMIT,
            Map.of(
                1, List.of(job(1, "success", 0)),
                2, List.of(job(2, "failure", 1)),
                3, List.of(job(3, "success", 2))),
            2);
    assertThat(told.runs())
        .extracting(run -> run.attempt() + " " + run.conclusion())
        .containsExactly("2 FAILURE", "3 SUCCESS");
  }

  @Test
  void countsAJobThatWasNotRunAgainOnce() {
    JobsTold told =
        JobsOfRun.told(
            List.of(EXPECTED),
            COMMIT,
            Map.of(
                1, List.of(job(1, "success", 0)),
                2, List.of(job(1, "success", 0)),
                3, List.of(job(9, "success", 0)),
                4, List.of(job(10, "failure", 1))),
            1);
    assertThat(told.runs())
        .extracting(run -> run.attempt() + " " + run.conclusion())
        .containsExactly("1 SUCCESS", "4 FAILURE");
  }

  @Test
  void knowsNothingOfASecondJobBesideOneThatWasNotRunAgain() {
    JobsTold told =
        JobsOfRun.told(
            List.of(EXPECTED),
            COMMIT,
            Map.of(
                1, List.of(job(1, "failure", 0)),
                2, List.of(job(1, "failure", 0), job(2, "success", 1))),
            1);
    assertThat(told.runs())
        .extracting(run -> run.attempt() + " " + run.conclusion())
        .containsExactly("1 FAILURE", "2 UNKNOWN");
  }

  @Test
  void readsTheStepsOfABatchEachByItself() {
    ExpectedJob batch =
        new ExpectedJob(
            "optr-verify (codex, tests+lint, x64)", ROW, "x64", List.of("tests", "lint"));
    JobsTold told =
        JobsOfRun.told(
            List.of(batch),
            COMMIT,
            Map.of(
                1,
                List.of(
                    job(
                        batch.name(),
                        "failure",
                        step("optr: tests", "failure"),
                        step("optr: lint", "success")))),
            1);
    assertThat(told.images()).containsExactly("x64");
    assertThat(told.runs())
        .extracting(run -> run.invariant() + " " + run.image() + " " + run.conclusion())
        .containsExactly("tests x64 FAILURE", "lint x64 SUCCESS");
    assertThat(told.runs())
        .extracting(JobRun::whole)
        .containsOnly(new JobRun.Whole(Conclusion.FAILURE, START, START.plusSeconds(60)));
  }

  private static void assertNothing(String said, WorkflowJob... jobs) {
    JobsTold told = told(jobs);
    assertThat(told.runs()).extracting(JobRun::conclusion).containsExactly(Conclusion.UNKNOWN);
    assertThat(told.runs().getFirst().startedAt()).isNull();
    assertThat(told.problems())
        .containsExactly(new JobsTold.Problem("codex", "tests", null, 1, said));
  }

  private static @Nullable Conclusion conclusion(WorkflowJob job) {
    List<JobRun> runs = told(job).runs();
    return runs.isEmpty() ? null : runs.getFirst().conclusion();
  }

  private static JobsTold told(WorkflowJob... jobs) {
    return JobsOfRun.told(List.of(EXPECTED), COMMIT, Map.of(1, List.of(jobs)), 1);
  }

  private static WorkflowJob job(long id, String conclusion, long minutes) {
    Instant start = START.plusSeconds(60 * minutes);
    return new WorkflowJob(
        id,
        NAME,
        COMMIT,
        true,
        conclusion,
        start,
        start.plusSeconds(60),
        "runner",
        null,
        List.of(step("optr: tests", conclusion)));
  }

  private static WorkflowJob job(String name, String conclusion, WorkflowStep... steps) {
    return new WorkflowJob(
        name.length(),
        name,
        COMMIT,
        true,
        conclusion,
        START,
        START.plusSeconds(60),
        "runner",
        "https://page",
        List.of(steps));
  }

  private static WorkflowStep step(String name, @Nullable String conclusion) {
    return new WorkflowStep(name, true, conclusion, START, START.plusSeconds(60));
  }
}
