package dev.optr.ledger;

import org.jspecify.annotations.Nullable;

/** What a run tells the ledger: its decision, an execution, or what became of a decision. */
public sealed interface LedgerEvent permits RunEvent, ExecutionEvent, OutcomeEvent {
  /** The repository as it is named now. */
  RepositoryId repo();

  /** The pull request that it is about; null outside of one. */
  @Nullable PullRequestRef pr();
}
