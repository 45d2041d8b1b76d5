package dev.optr.github;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of a job, as GitHub tells it.
 *
 * @param completed false also for one that was never begun
 * @param conclusion {@code success}, {@code failure}, {@code cancelled}, {@code skipped} or what
 *     GitHub may call it some day; null where there is none
 */
public record WorkflowStep(
    String name,
    boolean completed,
    @Nullable String conclusion,
    @Nullable Instant startedAt,
    @Nullable Instant completedAt) {}
