package dev.optr.bundle;

import dev.optr.base.UserException;
import dev.optr.evidence.Row;
import dev.optr.record.PastCosts;
import dev.optr.record.Seen;
import dev.optr.workflow.Invariant;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The jobs that would verify what lanes propose, before anybody is asked: one {@link Case} for each
 * number of rows that there can be where every lane proposes a path of its own.
 *
 * @param cases the fewest rows first; at least one
 */
public record JobForecast(List<Case> cases) {
  private static final String NO_TREE = "0".repeat(40);
  private static final long MINUTE_MS = 60_000;

  public JobForecast {
    cases = List.copyOf(cases);
  }

  /** From the least to the most. */
  public record Range(long least, long most) {
    private static Range of(List<Long> values) {
      return new Range(
          values.stream().min(Long::compare).orElse(0L),
          values.stream().max(Long::compare).orElse(0L));
    }

    /** Both ends further up. */
    public Range plus(long more) {
      return new Range(least + more, most + more);
    }
  }

  /**
   * Some rows.
   *
   * @param matrix their jobs, with trees of zeros
   * @param jobs the same, in its order
   */
  public record Case(int rows, Matrix matrix, List<Job> jobs) {
    public Case {
      jobs = List.copyOf(jobs);
    }

    /** Each job rounded up. */
    public long minutes() {
      return jobs.stream().mapToLong(Job::minutes).sum();
    }
  }

  /**
   * One job.
   *
   * @param millis of its set-up and its steps, as far as earlier runs tell
   * @param isKnown earlier runs tell of every step
   */
  public record Job(String name, long millis, boolean isKnown) {
    /** As GitHub bills it: whole minutes, and never none. */
    public long minutes() {
      return JobForecast.minutes(millis);
    }
  }

  /** Whole minutes that are billed for a job. */
  public static long minutes(long millis) {
    return Math.max(1, (millis + MINUTE_MS - 1) / MINUTE_MS);
  }

  /**
   * @param lanes agents that can be asked for a path
   * @throws UserException where so many rows, or these images, cannot be verified by jobs
   */
  public static JobForecast of(
      List<String> lanes, List<Invariant> invariants, List<String> images, PastCosts past) {
    List<Row> most = rows(lanes);
    return new JobForecast(
        IntStream.rangeClosed(1 + lanes.size(), most.size())
            .mapToObj(count -> some(most.subList(0, count), invariants, images, past))
            .toList());
  }

  private static Case some(
      List<Row> rows, List<Invariant> invariants, List<String> images, PastCosts past) {
    Matrix matrix = Matrix.of(rows, invariants, images);
    return new Case(
        rows.size(), matrix, matrix.jobs().stream().map(job -> job(job, past)).toList());
  }

  /** Those that every lane has, before those that only a change of tests brings. */
  private static List<Row> rows(List<String> lanes) {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row(Row.HEAD, NO_TREE, List.of()));
    lanes.forEach(lane -> rows.add(new Row(lane, NO_TREE, List.of(lane))));
    lanes.forEach(lane -> rows.add(new Row(lane + Row.FROZEN_TESTS, NO_TREE, List.of(lane))));
    return rows;
  }

  private static Job job(Matrix.Job job, PastCosts past) {
    List<Optional<Long>> steps =
        job.steps().stream()
            .map(step -> expected(past, step.id(), job.row().name().equals(Row.HEAD)))
            .toList();
    return new Job(
        job.name(),
        setUp(past) + steps.stream().flatMap(Optional::stream).mapToLong(Long::longValue).sum(),
        steps.stream().allMatch(Optional::isPresent));
  }

  /** The same for every job, since the same steps set each up; 0 where no earlier run tells. */
  private static long setUp(PastCosts past) {
    return past.setUp().median().map(JobForecast::whole).orElse(0L);
  }

  /** What is not known of one kind of tree is taken from the other. */
  private static Optional<Long> expected(PastCosts past, String invariant, boolean head) {
    Seen own = head ? past.ofHead(invariant) : past.ofPaths(invariant);
    Seen other = head ? past.ofPaths(invariant) : past.ofHead(invariant);
    return own.median().or(other::median).map(JobForecast::whole);
  }

  private static long whole(BigDecimal millis) {
    return millis.setScale(0, RoundingMode.CEILING).longValueExact();
  }

  /** The case with every row. */
  public Case all() {
    return cases.getLast();
  }

  public Range rows() {
    return Range.of(cases.stream().map(some -> (long) some.rows()).toList());
  }

  /** More rows can be fewer jobs, since these are put together where there is no room. */
  public Range jobs() {
    return Range.of(cases.stream().map(some -> (long) some.jobs().size()).toList());
  }

  public Range minutes() {
    return Range.of(cases.stream().map(Case::minutes).toList());
  }

  /** Milliseconds of the job that takes longest, in any of the cases. */
  public long slowest() {
    return cases.stream()
        .flatMap(some -> some.jobs().stream())
        .mapToLong(Job::millis)
        .max()
        .orElse(0);
  }

  /** How many of all jobs have a step that no earlier run tells of. */
  public long unknown() {
    return all().jobs().stream().filter(job -> !job.isKnown()).count();
  }
}
