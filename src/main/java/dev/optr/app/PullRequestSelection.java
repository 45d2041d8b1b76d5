package dev.optr.app;

import dev.optr.actions.ActionInput;
import dev.optr.base.UserException;
import dev.optr.bundle.Bundle;
import dev.optr.bundle.ExpectedJob;
import dev.optr.bundle.JobsOfRun;
import dev.optr.evidence.JobsTold;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeStore;
import dev.optr.github.WorkflowJob;
import dev.optr.github.WorkflowJobs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Phase select about a pull request: what was proposed is read from the bundle, and what came of
 * its rows from the jobs of this very run, as GitHub tells it.
 */
final class PullRequestSelection implements Course.Opening {
  private static final int MOST_WAITS = 10;
  private static final Duration WAIT = Duration.ofSeconds(3);

  private final PullRequestIntake intake;
  private final WorkflowJobs jobs;

  PullRequestSelection(PullRequestIntake intake, WorkflowJobs jobs) {
    this.intake = intake;
    this.jobs = jobs;
  }

  @Override
  public Course open(GitRepository repository, Prepared prepared, TreeStore trees)
      throws InterruptedException {
    Bundle bundle =
        intake.expected(prepared, trees).read(BundlePlace.in(intake.action()), digest());
    return new BundledCourse(prepared, trees, bundle, told(bundle));
  }

  private String digest() {
    return intake
        .action()
        .inputs()
        .text(ActionInput.BUNDLE_DIGEST)
        .orElseThrow(
            () ->
                new UserException(
                    "input 'bundle-digest': it is empty, so phase propose gave no bundle; the log of its job says why"));
  }

  private JobsTold told(Bundle bundle) throws InterruptedException {
    List<ExpectedJob> expected = ExpectedJob.of(bundle.matrix());
    Map<Integer, List<WorkflowJob>> attempts = new TreeMap<>();
    int newest = Math.toIntExact(intake.action().runAttempt());
    for (int attempt = bundle.header().attempt(); attempt < newest; attempt++) {
      attempts.put(attempt, jobs.ofAttempt(intake.action().runId(), attempt));
    }
    attempts.put(newest, newest(expected, newest));
    return JobsOfRun.told(expected, intake.jobsCommit(), attempts, bundle.header().attempt());
  }

  /** GitHub may tell of a job's end a moment after it let this one begin. */
  private List<WorkflowJob> newest(List<ExpectedJob> expected, int attempt)
      throws InterruptedException {
    List<WorkflowJob> told = jobs.ofAttempt(intake.action().runId(), attempt);
    for (int i = 0; i < MOST_WAITS && !JobsOfRun.unfinished(expected, told).isEmpty(); i++) {
      Thread.sleep(WAIT);
      told = jobs.ofAttempt(intake.action().runId(), attempt);
    }
    return told;
  }
}
