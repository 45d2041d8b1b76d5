package dev.optr.ledger;

import org.jspecify.annotations.Nullable;

/**
 * A decision that is executed.
 *
 * @param entry id of the run entry, which must be in the ledger that this is put upon
 * @param head parent of the executed commit: the anchor, normally
 * @param tree the tree that the entry selected
 */
public record ExecutionEvent(
    RepositoryId repo,
    @Nullable PullRequestRef pr,
    WorkflowRun run,
    String entry,
    String head,
    String tree,
    Tool tool)
    implements LedgerEvent {}
