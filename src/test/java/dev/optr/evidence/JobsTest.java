package dev.optr.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.datalake.Candidate;
import dev.optr.evidence.Check.Result;
import dev.optr.evidence.JobRun.Conclusion;
import dev.optr.testing.SamplePolicy;
import dev.optr.workflow.Invariant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What jobs that were told of come to. */
final class JobsTest {
  private static final JobRun HEAD_HELD = JobsFixture.run("head", 1, Conclusion.SUCCESS);
  private static final JobRun HEAD_BROKEN = JobsFixture.run("head", 1, Conclusion.FAILURE);

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
  void holdsWhereTheStepSucceededInTime() throws Exception {
    Check check = check(0, HEAD_HELD, claude(1, Conclusion.SUCCESS));
    assertThat(check.result()).isEqualTo(Result.HELD);
    assertThat(check.because()).isEmpty();
    assertThat(check.durationMs()).isEqualTo(60_000);
    assertThat(check.brokenBefore()).isFalse();
    assertThat(check.decides()).isTrue();
    assertThat(check.ran()).isTrue();
    assertThat(check.command()).isNull();
    assertThat(check.repeat()).endsWith("sh -c 'make tests'");
    assertThat(jobs(check))
        .containsExactly(
            new Check.Job(
                "claude",
                null,
                1,
                true,
                Conclusion.SUCCESS,
                JobsFixture.START,
                JobsFixture.START.plusSeconds(60),
                "runner 7",
                "https://github.example/claude/1",
                JobsFixture.whole(Conclusion.SUCCESS, 60)));
  }

  @Test
  void goesByTheStepWhateverItsJobConcludedAndHoweverLongThatTook() throws Exception {
    JobRun.Whole failed = JobsFixture.whole(Conclusion.FAILURE, 6_000);
    JobRun.Whole succeeded = JobsFixture.whole(Conclusion.SUCCESS, 60);

    Check held = check(0, HEAD_HELD, inJob(claude(1, Conclusion.SUCCESS), failed));
    Check broken = check(0, HEAD_HELD, inJob(claude(1, Conclusion.FAILURE), succeeded));

    assertThat(held.result()).isEqualTo(Result.HELD);
    assertThat(held.durationMs()).isEqualTo(60_000);
    assertThat(jobs(held)).extracting(Check.Job::whole).containsExactly(failed);
    assertThat(broken.result()).isEqualTo(Result.BROKEN);
    assertThat(jobs(broken)).extracting(Check.Job::whole).containsExactly(succeeded);
  }

  private static JobRun inJob(JobRun run, JobRun.Whole whole) {
    return new JobRun(
        run.row(),
        run.invariant(),
        run.image(),
        run.attempt(),
        run.conclusion(),
        run.startedAt(),
        run.completedAt(),
        run.runner(),
        run.page(),
        whole);
  }

  @Test
  void isBrokenWhereTheStepFailed() throws Exception {
    Examined examined = examine(0, HEAD_BROKEN, claude(1, Conclusion.FAILURE));
    Check check = examined.checks().getLast();
    assertThat(check.result()).isEqualTo(Result.BROKEN);
    assertThat(check.brokenBefore()).isTrue();
    assertThat(examined.whyNot())
        .containsExactly(
            new WhyNot(
                WhyNot.Code.INVARIANT_VIOLATION,
                "tests",
                "'tests': its step failed in attempt 1",
                "https://github.example/claude/1"));
  }

  @Test
  void knowsNothingOfAJobThatWasCancelledSkippedOrIsMissing() throws Exception {
    assertUnknown("its job was cancelled in attempt 1", HEAD_HELD, claude(1, Conclusion.CANCELLED));
    assertUnknown(
        "its job or step was skipped in attempt 1", HEAD_HELD, claude(1, Conclusion.SKIPPED));
    assertUnknown(
        "what its job came to is not told in attempt 1", HEAD_HELD, claude(1, Conclusion.UNKNOWN));
    assertUnknown("there is no job of row 'claude' for it", HEAD_HELD);
  }

  @Test
  void saysWhatIsWrongWithAJob() throws Exception {
    Candidate candidate = fixture.candidate("claude", JobsFixture.ADDS);
    JobsTold told =
        new JobsTold(
            rows(candidate),
            List.of(),
            List.of(HEAD_HELD, claude(2, Conclusion.UNKNOWN)),
            List.of(
                new JobsTold.Problem("claude", "tests", null, 1, "of another attempt"),
                new JobsTold.Problem("claude", "lint", null, 2, "of another invariant"),
                new JobsTold.Problem("claude", "tests", "x64", 2, "of another image"),
                new JobsTold.Problem("claude", "tests", null, 2, "it was renamed")));
    assertThat(check(JobsFixture.tests(0), told, candidate).because())
        .containsExactly("it was renamed");
    JobsTold none =
        new JobsTold(
            rows(candidate),
            List.of(),
            List.of(HEAD_HELD),
            List.of(
                new JobsTold.Problem(
                    "claude", "tests", null, JobsTold.ALL_ATTEMPTS, "there is none")));
    assertThat(check(JobsFixture.tests(0), none, candidate).because())
        .containsExactly("there is none");
  }

  @Test
  void takesNoSuccessOfAnotherRowOrInvariantOrOfATreeThatHadNoRow() throws Exception {
    JobRun lint =
        new JobRun(
            "claude",
            "lint",
            null,
            1,
            Conclusion.SUCCESS,
            JobsFixture.START,
            JobsFixture.START,
            "",
            null,
            null);
    assertUnknown(
        "there is no job of row 'claude' for it",
        HEAD_HELD,
        lint,
        JobsFixture.run("codex", 1, Conclusion.SUCCESS));
    Candidate candidate = fixture.candidate("claude", JobsFixture.ADDS);
    JobsTold headAlone =
        new JobsTold(
            rows(candidate).subList(0, 1),
            List.of(),
            List.of(HEAD_HELD, claude(1, Conclusion.SUCCESS)),
            List.of());
    assertThat(check(JobsFixture.tests(0), headAlone, candidate).because())
        .containsExactly("no job was to verify this tree");
  }

  @Test
  void takesNoSuccessWhoseTimeIsNotTold() throws Exception {
    JobRun timeless =
        new JobRun("claude", "tests", null, 1, Conclusion.SUCCESS, null, null, "", null, null);
    JobRun backwards = JobsFixture.run("claude", null, 1, Conclusion.SUCCESS, -1);
    assertUnknown("its start and end are not told in attempt 1", HEAD_HELD, timeless);
    assertUnknown("its start and end are not told in attempt 1", HEAD_HELD, backwards);
  }

  @Test
  void blamesAPathForATimeoutOnlyWhereTheFrozenCommitFinished() throws Exception {
    JobRun late = JobsFixture.run("claude", null, 1, Conclusion.SUCCESS, 601);
    JobRun ended = JobsFixture.run("claude", null, 1, Conclusion.FAILURE, 600);
    JobRun timedOut = claude(1, Conclusion.TIMED_OUT);
    for (JobRun run : List.of(late, ended, timedOut)) {
      assertThat(check(3, HEAD_BROKEN, run).because())
          .containsExactly("did not finish within 600 s, the frozen commit did");
      assertUnknown(
          "did not finish within 600 s, nor did the frozen commit; raise its 'timeout'",
          JobsFixture.run("head", 1, Conclusion.TIMED_OUT),
          run);
    }
    assertThat(check(0, HEAD_HELD, JobsFixture.run("claude", null, 1, Conclusion.SUCCESS, 600)))
        .matches(Check::held);
  }

  @Test
  void letsTheFirstAttemptDecideAndShowsTheOthers() throws Exception {
    Check again = check(0, HEAD_HELD, claude(2, Conclusion.SUCCESS), claude(1, Conclusion.FAILURE));
    assertThat(again.result()).isEqualTo(Result.BROKEN);
    assertThat(again.flaky()).isFalse();
    assertThat(again.durationMs()).isEqualTo(60_000);
    assertThat(jobs(again))
        .extracting(job -> job.attempt() + " " + job.conclusion() + " " + job.counts())
        .containsExactly("1 FAILURE true", "2 SUCCESS false");
    assertUnknown(
        "its job was cancelled in attempt 1",
        HEAD_HELD,
        claude(1, Conclusion.CANCELLED),
        claude(2, Conclusion.SUCCESS));
    assertThat(
            check(0, HEAD_HELD, claude(1, Conclusion.SUCCESS), claude(2, Conclusion.FAILURE))
                .held())
        .isTrue();
  }

  @Test
  void countsFurtherAttemptsWhereRetriesAreAllowed() throws Exception {
    Check flaky =
        check(
            1,
            HEAD_HELD,
            claude(1, Conclusion.FAILURE),
            claude(2, Conclusion.SUCCESS),
            claude(3, Conclusion.SUCCESS),
            claude(4, Conclusion.FAILURE));
    assertThat(flaky.held()).isTrue();
    assertThat(flaky.flaky()).isTrue();
    assertThat(flaky.durationMs()).isEqualTo(180_000);
    assertThat(jobs(flaky)).extracting(Check.Job::counts).containsExactly(true, true, true, false);
    Check once = check(1, HEAD_HELD, claude(1, Conclusion.FAILURE), claude(2, Conclusion.SUCCESS));
    assertThat(once.result()).isEqualTo(Result.UNKNOWN);
    assertThat(once.because().getFirst()).endsWith("twice in a row; have it run once more");
    assertThat(check(1, HEAD_HELD, claude(1, Conclusion.FAILURE)).result())
        .isEqualTo(Result.BROKEN);
  }

  @Test
  void holdsOnlyWhereEveryImageHolds() throws Exception {
    Candidate candidate = fixture.candidate("claude", JobsFixture.ADDS);
    List<String> images = List.of("x64", "arm64");
    List<JobRun> head = on(images, "head", Conclusion.SUCCESS, Conclusion.FAILURE);
    List<JobRun> bad = on(images, "claude", Conclusion.CANCELLED, Conclusion.FAILURE);
    Check broken = check(JobsFixture.tests(0), told(candidate, images, both(head, bad)), candidate);
    assertThat(broken.result()).isEqualTo(Result.BROKEN);
    assertThat(broken.brokenBefore()).isTrue();
    assertThat(broken.because())
        .containsExactly(
            "on 'x64': its job was cancelled in attempt 1",
            "on 'arm64': its step failed in attempt 1");
    Check half =
        check(
            JobsFixture.tests(0),
            told(candidate, images, both(head, on(List.of("x64"), "claude", Conclusion.SUCCESS))),
            candidate);
    assertThat(half.result()).isEqualTo(Result.UNKNOWN);
    assertThat(half.because())
        .containsExactly("on 'arm64': there is no job of row 'claude' for it");
    List<JobRun> good = on(images, "claude", Conclusion.SUCCESS, Conclusion.SUCCESS);
    Check held = check(JobsFixture.tests(0), told(candidate, images, both(head, good)), candidate);
    assertThat(held.held()).isTrue();
    assertThat(held.durationMs()).isEqualTo(120_000);
  }

  @Test
  void holdsAPathToTheFrozenTests() throws Exception {
    JobRun own = claude(1, Conclusion.SUCCESS);
    Check broken = changedTests(own, JobsFixture.run("claude+frozen-tests", 1, Conclusion.FAILURE));
    assertThat(broken.result()).isEqualTo(Result.BROKEN);
    assertThat(broken.because())
        .containsExactly(
            "with the frozen version of the tests that it changed ('tests/b.sh'): its step failed"
                + " in attempt 1");
    Check missing = changedTests(own);
    assertThat(missing.result()).isEqualTo(Result.UNKNOWN);
    Check held = changedTests(own, JobsFixture.run("claude+frozen-tests", 1, Conclusion.SUCCESS));
    assertThat(held.held()).isTrue();
    assertThat(held.durationMs()).isEqualTo(120_000);
    assertThat(jobs(held))
        .extracting(Check.Job::row)
        .containsExactly("claude", "claude+frozen-tests");
    assertThat(held.evidence())
        .isInstanceOfSatisfying(
            Check.Jobs.class, jobs -> assertThat(jobs.restored()).containsExactly("tests/b.sh"));
    Check ownBroken =
        changedTests(
            claude(1, Conclusion.FAILURE),
            JobsFixture.run("claude+frozen-tests", 1, Conclusion.SUCCESS));
    assertThat(ownBroken.because()).containsExactly("its step failed in attempt 1");
  }

  @Test
  void makesUpNoTests() throws Exception {
    Candidate candidate = fixture.candidate("claude", JobsFixture.ADDS);
    Check check =
        check(
            JobsFixture.invariant("tests", Invariant.Must.NOT_WORSEN, 0),
            told(candidate, List.of(), List.of(HEAD_HELD, claude(1, Conclusion.SUCCESS))),
            candidate);
    assertThat(check.result()).isEqualTo(Result.UNKNOWN);
    assertThat(check.because().getFirst()).contains("write 'must: hold'");
  }

  @Test
  void judgesTheFrozenCommitByItsOwnRow() throws Exception {
    Candidate candidate = fixture.candidate("claude", JobsFixture.ADDS);
    for (JobRun run : List.of(HEAD_HELD, HEAD_BROKEN)) {
      HeadExamined head =
          examiner(JobsFixture.tests(0), told(candidate, List.of(), List.of(run))).examineHead();
      boolean held = run.equals(HEAD_HELD);
      assertThat(head.admissible()).isEqualTo(held);
      assertThat(head.checks().getLast().brokenBefore()).isEqualTo(!held);
    }
  }

  @Test
  void tellsOfAllInvariantsWhateverOneCameTo() throws Exception {
    Candidate candidate = fixture.candidate("claude", JobsFixture.ADDS);
    SamplePolicy policy =
        SamplePolicy.defaults()
            .withInvariants(
                JobsFixture.tests(0), JobsFixture.invariant("lint", Invariant.Must.HOLD, 0));
    JobsTold told = told(candidate, List.of(), List.of(HEAD_HELD, claude(1, Conclusion.FAILURE)));
    Examined examined = fixture.examiner(policy, new Verification.ByJobs(told)).examine(candidate);
    assertThat(examined.whyNot())
        .extracting(reason -> reason.rule() + " " + reason.code())
        .containsExactly("tests INVARIANT_VIOLATION", "lint MISSING_CANON_PREREQS");
  }

  private Check changedTests(JobRun... runs) throws InterruptedException {
    Candidate candidate = fixture.candidate("claude", JobsFixture.ADDS, JobsFixture.CHANGES_TEST);
    List<JobRun> all = new ArrayList<>(List.of(runs));
    all.add(HEAD_HELD);
    return check(JobsFixture.tests(0), told(candidate, List.of(), all), candidate);
  }

  private static JobRun claude(int attempt, Conclusion conclusion) {
    return JobsFixture.run("claude", attempt, conclusion);
  }

  private static List<JobRun> on(List<String> images, String row, Conclusion... conclusions) {
    List<JobRun> runs = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      runs.add(JobsFixture.run(row, images.get(i), 1, conclusions[i], 60));
    }
    return runs;
  }

  private void assertUnknown(String because, JobRun... runs) throws InterruptedException {
    Examined examined = examine(0, runs);
    Check check = examined.checks().getLast();
    assertThat(check.result()).isEqualTo(Result.UNKNOWN);
    assertThat(check.because()).containsExactly(because);
    assertThat(examined.whyNot())
        .extracting(WhyNot::code)
        .containsExactly(WhyNot.Code.MISSING_CANON_PREREQS);
  }

  private Check check(int retries, JobRun... runs) throws InterruptedException {
    return examine(retries, runs).checks().getLast();
  }

  private Examined examine(int retries, JobRun... runs) throws InterruptedException {
    Candidate candidate = fixture.candidate("claude", JobsFixture.ADDS);
    return examiner(JobsFixture.tests(retries), told(candidate, List.of(), List.of(runs)))
        .examine(candidate);
  }

  private Check check(Invariant invariant, JobsTold told, Candidate candidate)
      throws InterruptedException {
    return examiner(invariant, told).examine(candidate).checks().getLast();
  }

  private Examiner examiner(Invariant invariant, JobsTold told) {
    return fixture.examiner(
        SamplePolicy.defaults().withInvariants(invariant), new Verification.ByJobs(told));
  }

  private JobsTold told(Candidate candidate, List<String> images, List<JobRun> runs)
      throws InterruptedException {
    return new JobsTold(rows(candidate), images, runs, List.of());
  }

  private static List<JobRun> both(List<JobRun> head, List<JobRun> path) {
    return Stream.concat(head.stream(), path.stream()).toList();
  }

  private List<Row> rows(Candidate candidate) throws InterruptedException {
    Examiner later = fixture.examiner(SamplePolicy.defaults(), new Verification.Later());
    return later.rows(List.of(later.examine(candidate)));
  }

  private static List<Check.Job> jobs(Check check) {
    Check.Evidence evidence = check.evidence();
    assertThat(evidence).isInstanceOf(Check.Jobs.class);
    return ((Check.Jobs) Objects.requireNonNull(evidence)).runs();
  }
}
