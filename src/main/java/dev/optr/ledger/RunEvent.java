package dev.optr.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger is told of a run.
 *
 * @param repoCreatedAt as GitHub's event has it: RFC 3339, or seconds since 1970; null outside
 * @param pr null outside of a pull request
 * @param outputs every file that the run wrote, ledger files excepted; these, inputs and lanes in
 *     any order
 */
public record RunEvent(
    RepositoryId repo,
    @Nullable String repoCreatedAt,
    @Nullable PullRequestRef pr,
    WorkflowRun run,
    Decision decision,
    List<RecordedFile> inputs,
    List<RecordedFile> outputs,
    Tool tool)
    implements LedgerEvent {
  public RunEvent {
    decision = decision.inOrder();
    inputs = inputs.stream().sorted(FileListReader.BY_PATH_BYTES).toList();
    outputs = outputs.stream().sorted(FileListReader.BY_PATH_BYTES).toList();
  }
}
