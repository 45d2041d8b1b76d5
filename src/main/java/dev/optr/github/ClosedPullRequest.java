package dev.optr.github;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A closed pull request, as a list of them shows it.
 *
 * @param mergeCommit what the base got by it: the merge, the squashed commit, or the last of those
 *     that were rebased; null where it was not merged
 * @param headSha its branch's newest commit, 40 hex digits
 * @param base name of the branch that it was for, without {@code refs/heads/}
 */
public record ClosedPullRequest(
    long number,
    boolean merged,
    @Nullable String mergeCommit,
    String headSha,
    String base,
    Instant closedAt) {}
