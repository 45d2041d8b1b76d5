package dev.optr.record;

import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.datalake.DataLakePaths;
import dev.optr.evidence.HeadExamined;
import dev.optr.git.FrozenTree;
import dev.optr.git.TreeStore;
import dev.optr.intent.Intent;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads what {@link ProposalsWriter} wrote, and trusts as little in it as {@link RecordReader}: no
 * invariant can be told to hold or to be broken, and nothing can have a score.
 */
public final class ProposalsReader {
  private static final DataLakePaths PATHS = DataLakePaths.here();

  private final FrozenTree frozen;
  private final TreeStore trees;

  /**
   * @param frozen the frozen tree that the proposals are about
   * @param trees where candidates are made again
   */
  public ProposalsReader(FrozenTree frozen, TreeStore trees) {
    this.frozen = frozen;
    this.trees = trees;
  }

  /** What documents were read as. */
  public sealed interface Result {
    record Read(Proposals proposals) implements Result {}

    /**
     * @param problems at least one; each says which document, where in it, what was expected and
     *     what was found, in one line
     */
    record Unreadable(List<String> problems) implements Result {
      public Unreadable {
        problems = List.copyOf(problems);
      }
    }
  }

  /**
   * @param documents a document by its path
   * @param workflow the parsed {@code workflow-optr.yaml}
   * @param lanes of the workflow, in its order: those that were asked
   */
  public Result read(
      Function<String, Optional<Bytes>> documents, Workflow workflow, List<AgentSpec> lanes) {
    PartReader parts =
        new PartReader(new StoredDocuments(documents), PATHS, workflow, frozen, trees);
    parts.workflowFile();
    Optional<Intent> intent = parts.intent();
    Optional<HeadExamined> head =
        intent.flatMap(it -> parts.read(ProposalsWriter.HEAD, bytes -> head(bytes, it)));
    List<RecordedLane> read =
        intent.map(it -> parts.lanes(it, lanes, EvidenceRule.UNVERIFIED)).orElse(List.of());
    List<String> problems = new ArrayList<>(parts.problems());
    read.forEach(lane -> scored(lane).ifPresent(problems::add));
    return intent.isPresent() && head.isPresent() && problems.isEmpty()
        ? new Result.Read(
            new Proposals(
                workflow,
                intent.get(),
                head.get(),
                read.stream().map(RecordedLane::examined).toList(),
                RecordedLane.transcriptDigests(read)))
        : new Result.Unreadable(problems);
  }

  private static HeadExamined head(Bytes bytes, Intent intent) throws JsonException {
    Fields fields = Fields.of(StoredDocuments.object(bytes.toArray()));
    HeadExamined head = EvidenceReader.head(fields, intent, EvidenceRule.UNVERIFIED);
    Written.check(new EvidenceJson(Written.PROSE).head(head), fields.object(), bytes);
    return head;
  }

  private static Optional<String> scored(RecordedLane lane) {
    return List.of("ttvEstimate", "score").stream()
        .filter(name -> !(lane.document().get(name) instanceof Json.Null))
        .map(
            name ->
                PATHS.agentOutput(lane.agent())
                    + ": "
                    + name
                    + ": expected null, since nothing is selected yet")
        .findFirst();
  }
}
