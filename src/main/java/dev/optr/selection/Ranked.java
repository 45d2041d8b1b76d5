package dev.optr.selection;

import dev.optr.evidence.Examined;
import org.jspecify.annotations.Nullable;

/**
 * @param rank 1 for the selected path, one rank per tree; null where it is not admissible or the
 *     quorum was missed
 * @param score null where it is not admissible
 */
public record Ranked(Examined examined, @Nullable Integer rank, @Nullable Score score) {}
