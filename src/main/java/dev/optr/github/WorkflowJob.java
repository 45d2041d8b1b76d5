package dev.optr.github;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One job of an attempt of a workflow run, as GitHub tells it.
 *
 * @param name with the names of the calling jobs before it, {@code caller / name}, where a reusable
 *     workflow has it
 * @param commit that the run is of, 40 hex digits
 * @param completed false while it is queued or in progress
 * @param conclusion {@code success}, {@code failure}, {@code cancelled}, {@code skipped}, {@code
 *     timed_out} or what GitHub may call it some day; null where there is none
 * @param runner name of the machine; empty where none took it
 * @param page where people can look at it; null where there is none
 */
public record WorkflowJob(
    long id,
    String name,
    String commit,
    boolean completed,
    @Nullable String conclusion,
    @Nullable Instant startedAt,
    @Nullable Instant completedAt,
    String runner,
    @Nullable String page,
    List<WorkflowStep> steps) {
  public WorkflowJob {
    steps = List.copyOf(steps);
  }
}
