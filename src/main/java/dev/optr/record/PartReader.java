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
import java.util.List;
import java.util.Optional;

/** Reads one run part by part, and keeps what was wrong with the parts. */
final class PartReader {
  private final StoredDocuments documents;
  private final DataLakePaths paths;
  private final Workflow workflow;
  private final FrozenTree frozen;
  private final TreeStore trees;
  private final List<String> problems = new ArrayList<>();

  PartReader(
      StoredDocuments documents,
      DataLakePaths paths,
      Workflow workflow,
      FrozenTree frozen,
      TreeStore trees) {
    this.documents = documents;
    this.paths = paths;
    this.workflow = workflow;
    this.frozen = frozen;
    this.trees = trees;
  }

  /** A part of a run, from one document. */
  @FunctionalInterface
  interface Part<T> {
    T read(Bytes document) throws JsonException;
  }

  /** So far. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /** Whether the workflow file is the one at hand. */
  void workflowFile() {
    read(paths.workflowFile(), this::sameWorkflow);
  }

  /** The input that lanes were asked with. */
  Optional<Intent> intent() {
    return read(paths.intent(), bytes -> IntentDocumentReader.read(bytes, workflow, frozen.tree()));
  }

  /** The lanes that can be read, in the given order. */
  List<RecordedLane> lanes(Intent intent, List<AgentSpec> specs, EvidenceRule rule) {
    AgentOutputReader reader =
        new AgentOutputReader(intent, new CandidateReader(trees, frozen), rule);
    List<RecordedLane> lanes = new ArrayList<>();
    for (AgentSpec spec : specs) {
      lane(reader, spec).ifPresent(lanes::add);
    }
    return lanes;
  }

  <T> Optional<T> read(String path, Part<T> part) {
    return attempt(path, () -> part.read(documents.bytes(path)));
  }

  private Bytes sameWorkflow(Bytes stored) throws JsonException {
    if (!stored.equals(workflow.source())) {
      throw new JsonException("it is not the workflow file that it is read with");
    }
    return stored;
  }

  private Optional<RecordedLane> lane(AgentOutputReader reader, AgentSpec lane) {
    String transcript = paths.transcript(lane.name());
    return attempt(transcript, () -> transcript(transcript))
        .flatMap(
            messages ->
                read(paths.agentOutput(lane.name()), bytes -> reader.read(lane, bytes, messages)));
  }

  /** Where transcripts are stored, a lane without one said and heard nothing. */
  private RecordedTranscript transcript(String path) throws JsonException {
    if (!Recorder.storesTranscripts(workflow)) {
      return RecordedTranscript.DIGEST;
    }
    Optional<Bytes> stored = documents.source().apply(path);
    return stored.isPresent() ? RecordedTranscript.read(stored.get()) : RecordedTranscript.EMPTY;
  }

  /** What is read from whatever documents it takes. */
  @FunctionalInterface
  private interface Reading<T> {
    T read() throws JsonException;
  }

  private <T> Optional<T> attempt(String path, Reading<T> reading) {
    try {
      return Optional.of(reading.read());
    } catch (JsonException e) {
      problems.add(path + ": " + Found.oneLine(String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }
}
