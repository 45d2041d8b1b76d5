package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonReader;
import dev.optr.datalake.DataLakePaths;
import dev.optr.git.FrozenTree;
import dev.optr.git.TreeResult;
import dev.optr.git.TreeStore;
import dev.optr.ledger.Decision;
import dev.optr.record.RecordedChanges;
import java.util.List;
import java.util.Optional;

/** The trees of one run's lanes, made again from the changes that its documents tell. */
record ReplayTrees(FrozenTree frozen, TreeStore trees) {
  /** One sentence for each lane whose changes do not give the tree that the entry has for it. */
  List<String> differences(Decision decision, DataLakePaths paths, ReplayDocuments documents) {
    return decision.lanes().stream()
        .flatMap(lane -> difference(lane, paths.agentOutput(lane.agent()), documents).stream())
        .toList();
  }

  /** A lane without a tree proposed nothing that could be stored. */
  private Optional<String> difference(Decision.Lane lane, String path, ReplayDocuments documents) {
    if (lane.tree() == null) {
      return Optional.empty();
    }
    Optional<Bytes> document = documents.file(path);
    if (document.isEmpty()) {
      return Optional.of(path + ": the entry names no such document");
    }
    try {
      if (isWithheld(document.get())) {
        return Optional.empty();
      }
      return switch (RecordedChanges.rebuild(document.get(), frozen, trees)) {
        case TreeResult.Applied applied when applied.tree().equals(lane.tree()) -> Optional.empty();
        case TreeResult.Applied applied ->
            Optional.of(
                "%s: its changes give tree %s, the entry has %s"
                    .formatted(path, applied.tree(), lane.tree()));
        case TreeResult.Rejected(List<String> errors) ->
            Optional.of(path + ": its changes do not apply: " + errors.getFirst());
      };
    } catch (JsonException e) {
      return Optional.of(path + ": " + e.getMessage());
    }
  }

  /** What was not stored gives no tree again; such a path is never admissible. */
  private static boolean isWithheld(Bytes document) throws JsonException {
    return JsonReader.readObject(document.toArray()).object("output").get("changes")
        instanceof Json.Null;
  }
}
