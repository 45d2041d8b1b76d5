package dev.optr.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What became of a decision.
 *
 * @param entry id of the run entry
 * @param result {@code merged}, {@code closed} or {@code reverted}
 * @param commit what it was merged or reverted by; null where there is none
 */
public record OutcomeEvent(
    RepositoryId repo,
    @Nullable PullRequestRef pr,
    WorkflowRun run,
    String entry,
    String result,
    @Nullable String commit,
    Tool tool)
    implements LedgerEvent {}
