package dev.optr.record;

import dev.optr.base.Bytes;
import dev.optr.datalake.DataLakePaths;
import dev.optr.git.FrozenTree;
import dev.optr.git.TreeStore;
import dev.optr.intent.Intent;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.Workflow;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads what {@link Recorder} wrote for one run (docs/datalake.md), so that a decision can be shown
 * and made again from the datalake alone. Nothing in the documents is trusted: trees are made again
 * from the recorded changes, and a document counts only where it is, byte for byte, what would be
 * written of what was read from it. Scores, ranks and the selector's parameters are for the caller
 * to compute and to compare.
 */
public final class RecordReader {
  private final FrozenTree frozen;
  private final TreeStore trees;

  /**
   * @param frozen the frozen tree that the run was about
   * @param trees where candidates are made again
   */
  public RecordReader(FrozenTree frozen, TreeStore trees) {
    this.frozen = frozen;
    this.trees = trees;
  }

  /**
   * Reads a run.
   *
   * @param documents a document by its path from the repository's root, for example of a commit
   * @param directory name of the run's directory under {@code datalake/workflows}
   * @param workflow the parsed {@code workflow-optr.yaml} of that directory
   * @throws dev.optr.base.ServiceException where the frozen tree's objects cannot be read
   */
  public ReadResult read(
      Function<String, Optional<Bytes>> documents, String directory, Workflow workflow) {
    return read(documents, directory, workflow, workflow.agents());
  }

  /**
   * Reads a run in which some agents of the workflow file had no part.
   *
   * @param lanes those that had, as the ledger names them
   */
  public ReadResult read(
      Function<String, Optional<Bytes>> documents,
      String directory,
      Workflow workflow,
      Set<String> lanes) {
    return read(
        documents,
        directory,
        workflow,
        workflow.agents().stream().filter(agent -> lanes.contains(agent.name())).toList());
  }

  private ReadResult read(
      Function<String, Optional<Bytes>> documents,
      String directory,
      Workflow workflow,
      List<AgentSpec> lanes) {
    DataLakePaths paths = DataLakePaths.of(directory);
    PartReader parts =
        new PartReader(new StoredDocuments(documents), paths, workflow, frozen, trees);
    return new Run(parts, paths, workflow, lanes).read();
  }

  /** One run while it is read. */
  private static final class Run {
    private final PartReader parts;
    private final DataLakePaths paths;
    private final Workflow workflow;
    private final List<AgentSpec> agents;

    Run(PartReader parts, DataLakePaths paths, Workflow workflow, List<AgentSpec> agents) {
      this.parts = parts;
      this.paths = paths;
      this.workflow = workflow;
      this.agents = agents;
    }

    ReadResult read() {
      parts.workflowFile();
      Optional<List<String>> heads = parts.read(paths.history(), HistoryReader::ledgerHeads);
      Optional<Intent> intent = parts.intent();
      List<RecordedLane> lanes =
          intent.map(it -> parts.lanes(it, agents, EvidenceRule.DECIDED)).orElse(List.of());
      Optional<RecordedDecision> decision =
          intent.flatMap(it -> parts.problems().isEmpty() ? decision(it, lanes) : Optional.empty());
      return intent.isPresent()
              && heads.isPresent()
              && decision.isPresent()
              && parts.problems().isEmpty()
          ? new ReadResult.Read(run(intent.get(), lanes, decision.get(), heads.get()))
          : new ReadResult.Unreadable(parts.problems());
    }

    private Optional<RecordedDecision> decision(Intent intent, List<RecordedLane> lanes) {
      return parts.read(
          paths.selection(), bytes -> RecordedDecision.read(bytes, workflow.optr(), intent, lanes));
    }

    private RecordedRun run(
        Intent intent, List<RecordedLane> lanes, RecordedDecision decision, List<String> heads) {
      return new RecordedRun(
          workflow,
          paths,
          intent,
          decision.head(),
          lanes.stream().map(RecordedLane::examined).toList(),
          decision.outcome(),
          decision.selected(),
          decision.decidedBy(),
          decision.isolation(),
          heads,
          RecordedLane.transcriptDigests(lanes));
    }
  }
}
