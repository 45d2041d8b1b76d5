package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.base.Digest;
import dev.optr.ledger.Decision;
import dev.optr.ledger.PullRequestRef;
import dev.optr.ledger.RecordedFile;
import dev.optr.ledger.RepositoryId;
import dev.optr.ledger.RunEvent;
import dev.optr.ledger.Tool;
import dev.optr.ledger.WorkflowRun;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs to append where no agent need be asked. */
final class SampleEvents {
  private SampleEvents() {}

  static RunEvent run(
      RepositoryId repository,
      @Nullable PullRequestRef pr,
      long runId,
      Map<String, Bytes> outputs) {
    String tree = "1".repeat(40);
    return new RunEvent(
        repository,
        null,
        pr,
        new WorkflowRun(runId, 1, "test", "test", "ada"),
        new Decision(
            Digest.sha256(new byte[] {1}),
            List.of(new Decision.Lane("anna", "proposed", tree)),
            "selected",
            Digest.sha256(new byte[] {2}),
            "anna",
            "select_optr",
            tree),
        List.of(),
        outputs.entrySet().stream()
            .map(
                file ->
                    new RecordedFile(
                        file.getKey(), "100644", file.getValue().sha256(), file.getValue().size()))
            .toList(),
        new Tool("optr", "test"));
  }
}
