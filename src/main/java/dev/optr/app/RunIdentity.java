package dev.optr.app;

import dev.optr.ledger.PullRequestRef;
import dev.optr.ledger.RepositoryId;
import dev.optr.ledger.WorkflowRun;
import org.jspecify.annotations.Nullable;

/**
 * Who runs where, as the ledger entry says it.
 *
 * @param repositoryCreatedAt RFC 3339; null outside of GitHub
 * @param pullRequest null outside of a pull request
 */
record RunIdentity(
    RepositoryId repository,
    @Nullable String repositoryCreatedAt,
    @Nullable PullRequestRef pullRequest,
    WorkflowRun run) {}
