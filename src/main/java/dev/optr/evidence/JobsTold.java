package dev.optr.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is told of the jobs that verified one run's rows.
 *
 * @param images labels of the runners on which every row must hold; none where it is one kind alone
 * @param runs in any order
 */
public record JobsTold(
    List<Row> rows, List<String> images, List<JobRun> runs, List<Problem> problems) {
  /** Stands for no attempt in particular. */
  public static final int ALL_ATTEMPTS = 0;

  public JobsTold {
    rows = List.copyOf(rows);
    images = List.copyOf(images);
    runs = List.copyOf(runs);
    problems = List.copyOf(problems);
  }

  /**
   * Why a run tells nothing, or why there is none.
   *
   * @param image null where there is one kind of runner alone
   * @param attempt of the run; {@link #ALL_ATTEMPTS} where it is about no run in particular
   * @param said one sentence
   */
  public record Problem(
      String row, String invariant, @Nullable String image, int attempt, String said) {}
}
