package dev.optr.record;

import dev.optr.base.Bytes;
import dev.optr.base.JsonException;
import dev.optr.datalake.DataLakePaths;
import dev.optr.git.FrozenTree;
import dev.optr.git.TreeStore;
import dev.optr.intent.Intent;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.Workflow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    return new Run(new StoredDocuments(documents), DataLakePaths.of(directory), workflow).read();
  }

  /** A part of a run, from one document. */
  @FunctionalInterface
  private interface Part<T> {
    T read() throws JsonException;
  }

  /** One run while it is read: the documents, and what was wrong with them so far. */
  private final class Run {
    private final StoredDocuments documents;
    private final DataLakePaths paths;
    private final Workflow workflow;
    private final List<String> problems = new ArrayList<>();

    Run(StoredDocuments documents, DataLakePaths paths, Workflow workflow) {
      this.documents = documents;
      this.paths = paths;
      this.workflow = workflow;
    }

    ReadResult read() {
      attempt(paths.workflowFile(), this::sameWorkflow);
      Optional<List<String>> heads =
          attempt(
              paths.history(), () -> HistoryReader.ledgerHeads(documents.bytes(paths.history())));
      Optional<Intent> intent =
          attempt(
              paths.intent(),
              () ->
                  IntentDocumentReader.read(
                      documents.bytes(paths.intent()), workflow, frozen.tree()));
      List<RecordedLane> lanes = intent.map(this::lanes).orElse(List.of());
      Optional<RecordedDecision> decision =
          intent.flatMap(it -> problems.isEmpty() ? decision(it, lanes) : Optional.empty());
      return intent.isPresent() && heads.isPresent() && decision.isPresent() && problems.isEmpty()
          ? new ReadResult.Read(run(intent.get(), lanes, decision.get(), heads.get()))
          : new ReadResult.Unreadable(problems);
    }

    private Bytes sameWorkflow() throws JsonException {
      Bytes stored = documents.bytes(paths.workflowFile());
      if (!stored.equals(workflow.source())) {
        throw new JsonException("it is not the workflow file that it is read with");
      }
      return stored;
    }

    private List<RecordedLane> lanes(Intent intent) {
      AgentOutputReader reader = new AgentOutputReader(intent, new CandidateReader(trees, frozen));
      List<RecordedLane> lanes = new ArrayList<>();
      for (AgentSpec lane : workflow.agents()) {
        lane(reader, lane).ifPresent(lanes::add);
      }
      return lanes;
    }

    private Optional<RecordedLane> lane(AgentOutputReader reader, AgentSpec lane) {
      String output = paths.agentOutput(lane.name());
      String transcript = paths.transcript(lane.name());
      return attempt(transcript, () -> transcript(transcript))
          .flatMap(
              messages ->
                  attempt(output, () -> reader.read(lane, documents.bytes(output), messages)));
    }

    /** Where transcripts are stored, a lane without one said and heard nothing. */
    private RecordedTranscript transcript(String path) throws JsonException {
      if (!Recorder.storesTranscripts(workflow)) {
        return RecordedTranscript.DIGEST;
      }
      Optional<Bytes> stored = documents.source().apply(path);
      return stored.isPresent() ? RecordedTranscript.read(stored.get()) : RecordedTranscript.EMPTY;
    }

    private Optional<RecordedDecision> decision(Intent intent, List<RecordedLane> lanes) {
      String path = paths.selection();
      return attempt(
          path, () -> RecordedDecision.read(documents.bytes(path), workflow.optr(), intent, lanes));
    }

    private RecordedRun run(
        Intent intent, List<RecordedLane> lanes, RecordedDecision decision, List<String> heads) {
      Map<String, String> transcripts = new HashMap<>();
      lanes.forEach(lane -> transcripts.putAll(lane.transcriptDigest()));
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
          transcripts);
    }

    private <T> Optional<T> attempt(String path, Part<T> part) {
      try {
        return Optional.of(part.read());
      } catch (JsonException e) {
        problems.add(path + ": " + Found.oneLine(String.valueOf(e.getMessage())));
        return Optional.empty();
      }
    }
  }
}
