package dev.optr.bundle;

import dev.optr.evidence.Row;
import dev.optr.workflow.Invariant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job that was to run.
 *
 * @param name as the run shows it, {@code optr-verify (<row>, <invariant id>)}
 * @param image label of the runner; null where there is one kind alone
 * @param invariants ids, one step each
 */
public record ExpectedJob(String name, Row row, @Nullable String image, List<String> invariants) {
  public ExpectedJob {
    invariants = List.copyOf(invariants);
  }

  /** The jobs of a matrix. */
  public static List<ExpectedJob> of(Matrix matrix) {
    return matrix.jobs().stream()
        .map(
            job ->
                new ExpectedJob(
                    job.name(),
                    job.row(),
                    job.image(),
                    job.steps().stream().map(Invariant::id).toList()))
        .toList();
  }

  /** The name of the step that runs an invariant's command. */
  static String step(String invariant) {
    return "optr: " + invariant;
  }

  static List<Row> rows(List<ExpectedJob> expected) {
    return expected.stream().map(ExpectedJob::row).distinct().toList();
  }

  static List<String> images(List<ExpectedJob> expected) {
    return expected.stream()
        .flatMap(job -> Optional.ofNullable(job.image()).stream())
        .distinct()
        .toList();
  }
}
