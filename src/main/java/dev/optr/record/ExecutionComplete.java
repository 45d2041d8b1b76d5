package dev.optr.record;

import dev.optr.base.Json;
import dev.optr.datalake.DataLakePaths;
import dev.optr.ledger.WorkflowRun;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * {@code execution-complete.json}: what was executed, by whom, and what admitted it
 * (schema/execution-complete.schema.json).
 *
 * @param entry id of the run entry that selected the path
 * @param execution id of the execution entry
 * @param anchor the commit that carries the run entry and its documents
 * @param head parent of the executed commit
 * @param tree of the executed commit, without {@code datalake}
 * @param patchSha256 of the canonical difference between the frozen tree and that one
 * @param input digest of the frozen input
 * @param policy digest of the workflow file
 * @param held ids of the checks that hold for the path, in the order in which they ran
 * @param time claimed, as the execution entry's
 */
public record ExecutionComplete(
    String entry,
    String execution,
    String anchor,
    String head,
    String agent,
    String tree,
    String patchSha256,
    String input,
    String policy,
    List<String> held,
    WorkflowRun run,
    Instant time) {
  public ExecutionComplete {
    held = List.copyOf(held);
  }

  public Document document(DataLakePaths paths) {
    return Document.json(
        paths.executionComplete(),
        Json.object()
            .put("v", 1)
            .put("entry", entry)
            .put("execution", execution)
            .put("anchor", anchor)
            .put("head", head)
            .put("agent", agent)
            .put("tree", tree)
            .put("patchSha256", patchSha256)
            .put("inputDigest", input)
            .put("policyDigest", policy)
            .put("held", Json.texts(held))
            .put("run", by())
            .put("time", time.truncatedTo(ChronoUnit.SECONDS).toString())
            .build());
  }

  private Json by() {
    return Json.object()
        .put("id", run.id())
        .put("attempt", run.attempt())
        .put("event", run.event())
        .put("workflow", run.workflow())
        .put("actor", run.actor())
        .build();
  }
}
