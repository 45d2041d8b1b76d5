package dev.optr.bundle;

import dev.optr.evidence.JobRun;
import dev.optr.evidence.JobRun.Conclusion;
import dev.optr.evidence.JobsTold;
import dev.optr.github.WorkflowJob;
import dev.optr.github.WorkflowStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds, among the jobs that GitHub tells of, those that were to verify a bundle's rows. Only a
 * step of exactly the right name counts, in a completed job of exactly the right name that is there
 * once, of the right commit; whatever else is found tells nothing, and is said.
 */
public final class JobsOfRun {
  private static final Map<String, Conclusion> CONCLUSIONS =
      Map.of(
          "success", Conclusion.SUCCESS,
          "failure", Conclusion.FAILURE,
          "timed_out", Conclusion.TIMED_OUT,
          "cancelled", Conclusion.CANCELLED,
          "skipped", Conclusion.SKIPPED);

  private final String commit;
  private final List<JobRun> runs = new ArrayList<>();
  private final List<JobsTold.Problem> problems = new ArrayList<>();

  private JobsOfRun(String commit) {
    this.commit = commit;
  }

  /**
   * @param commit that the run must be of
   * @param attempts the jobs of each attempt
   * @param first the attempt that made the bundle: what ran before it cannot be about it
   */
  public static JobsTold told(
      List<ExpectedJob> expected,
      String commit,
      Map<Integer, List<WorkflowJob>> attempts,
      int first) {
    JobsOfRun found = new JobsOfRun(commit);
    Map<Integer, List<WorkflowJob>> counting = new TreeMap<>(attempts).tailMap(first);
    expected.forEach(job -> found.find(job, counting));
    return new JobsTold(
        ExpectedJob.rows(expected), ExpectedJob.images(expected), found.runs, found.problems);
  }

  /**
   * Names of the jobs that are there and have not come to an end, which a caller may wait for.
   *
   * @param newest the jobs of the newest attempt
   */
  public static List<String> unfinished(List<ExpectedJob> expected, List<WorkflowJob> newest) {
    return expected.stream()
        .filter(job -> named(job, newest).stream().anyMatch(one -> !one.completed()))
        .map(ExpectedJob::name)
        .toList();
  }

  /** By its own name, or behind those of the jobs that call a reusable workflow. */
  private static List<WorkflowJob> named(ExpectedJob expected, List<WorkflowJob> jobs) {
    String called = " / " + expected.name();
    return jobs.stream()
        .filter(job -> job.name().equals(expected.name()) || job.name().endsWith(called))
        .toList();
  }

  private void find(ExpectedJob job, Map<Integer, List<WorkflowJob>> attempts) {
    List<WorkflowJob> seen = new ArrayList<>();
    attempts.forEach(
        (attempt, jobs) -> {
          List<WorkflowJob> named = named(job, jobs);
          if (!named.stream().allMatch(one -> isAmong(seen, one))) {
            job.invariants().forEach(invariant -> add(job, invariant, attempt, named));
          }
          seen.addAll(named);
        });
    if (seen.isEmpty()) {
      String missing = "the run has no job '" + job.name() + "'";
      job.invariants().forEach(it -> problem(job, it, JobsTold.ALL_ATTEMPTS, missing));
    }
  }

  /** A job that was not run again is listed with the newer attempts, too. */
  private static boolean isAmong(List<WorkflowJob> seen, WorkflowJob job) {
    return seen.stream().anyMatch(earlier -> earlier.id() == job.id() || isSameRun(earlier, job));
  }

  private static boolean isSameRun(WorkflowJob one, WorkflowJob other) {
    return one.startedAt() != null
        && one.completedAt() != null
        && one.name().equals(other.name())
        && one.startedAt().equals(other.startedAt())
        && one.completedAt().equals(other.completedAt());
  }

  private void add(ExpectedJob expected, String invariant, int attempt, List<WorkflowJob> named) {
    Told told = told(expected, invariant, named);
    if (told.fault() != null) {
      problem(expected, invariant, attempt, told.fault() + " in attempt " + attempt);
    }
    @Nullable WorkflowStep step = told.step();
    runs.add(
        new JobRun(
            expected.row().name(),
            invariant,
            expected.image(),
            attempt,
            told.conclusion(),
            step == null ? null : step.startedAt(),
            step == null ? null : step.completedAt(),
            named.getFirst().runner(),
            named.getFirst().page(),
            whole(named)));
  }

  /** Of several that have the name none is the one. */
  private static JobRun.@Nullable Whole whole(List<WorkflowJob> named) {
    WorkflowJob job = named.getFirst();
    return named.size() > 1
        ? null
        : new JobRun.Whole(conclusion(job.conclusion()), job.startedAt(), job.completedAt());
  }

  private void problem(ExpectedJob expected, String invariant, int attempt, String said) {
    problems.add(
        new JobsTold.Problem(expected.row().name(), invariant, expected.image(), attempt, said));
  }

  /**
   * What the jobs of one name tell of an invariant in one attempt.
   *
   * @param step null where none counts
   * @param fault why nothing is told; null where something is
   */
  private record Told(Conclusion conclusion, @Nullable WorkflowStep step, @Nullable String fault) {
    static Told nothing(String fault) {
      return new Told(Conclusion.UNKNOWN, null, fault);
    }
  }

  private Told told(ExpectedJob expected, String invariant, List<WorkflowJob> named) {
    WorkflowJob job = named.getFirst();
    if (named.size() > 1) {
      return Told.nothing(named.size() + " jobs are named '" + expected.name() + "'");
    }
    if (!job.commit().equals(commit)) {
      return Told.nothing("its job ran on commit " + job.commit() + ", not on " + commit);
    }
    if (!job.completed()) {
      return Told.nothing("its job had not come to an end");
    }
    String name = ExpectedJob.step(invariant);
    List<WorkflowStep> steps =
        job.steps().stream().filter(step -> step.name().equals(name)).toList();
    if (steps.size() > 1) {
      return Told.nothing("its job has " + steps.size() + " steps '" + name + "'");
    }
    return steps.isEmpty() ? withoutStep(job, name) : ofStep(job, steps.getFirst());
  }

  private static Told withoutStep(WorkflowJob job, String name) {
    Conclusion conclusion = conclusion(job.conclusion());
    return switch (conclusion) {
      case CANCELLED, SKIPPED -> new Told(conclusion, null, null);
      case SUCCESS, FAILURE, TIMED_OUT, UNKNOWN ->
          Told.nothing(
              "its job, which concluded '%s', has no step '%s'"
                  .formatted(printable(job.conclusion()), name));
    };
  }

  /** A job that is ended while a step runs takes that with it. */
  private static Told ofStep(WorkflowJob job, WorkflowStep step) {
    Conclusion conclusion = step.completed() ? conclusion(step.conclusion()) : Conclusion.CANCELLED;
    if (conclusion == Conclusion.CANCELLED
        && conclusion(job.conclusion()) == Conclusion.TIMED_OUT) {
      return new Told(Conclusion.TIMED_OUT, step, null);
    }
    if (!step.completed() && conclusion(job.conclusion()) != Conclusion.CANCELLED) {
      return Told.nothing("its step had not come to an end");
    }
    return conclusion == Conclusion.UNKNOWN
        ? Told.nothing("its step concluded '" + printable(step.conclusion()) + "'")
        : new Told(conclusion, step, null);
  }

  private static Conclusion conclusion(@Nullable String told) {
    return told == null ? Conclusion.UNKNOWN : CONCLUSIONS.getOrDefault(told, Conclusion.UNKNOWN);
  }

  private static String printable(@Nullable String told) {
    return told == null ? "nothing" : told.matches("[a-z_]{1,40}") ? told : "something else";
  }
}
