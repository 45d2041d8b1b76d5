package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.base.CompactJson;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.base.Redactor;
import dev.optr.datalake.DataLakePaths;
import dev.optr.ledger.Body;
import dev.optr.ledger.Decision;
import dev.optr.ledger.DecisionStatement;
import dev.optr.ledger.RecordedFile;
import dev.optr.record.Attester;
import dev.optr.record.DecidedBy;
import dev.optr.record.Documents;
import dev.optr.record.RecordedRun;
import dev.optr.record.Recorder;
import dev.optr.record.RunFacts;
import dev.optr.record.Withholding;
import dev.optr.selection.Selection;
import dev.optr.selection.Selector;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A run that was read from its documents: selected and written again, and compared. */
final class ReplayAgain {
  private final Body.Run run;
  private final RecordedRun recorded;
  private final Selector selector;

  ReplayAgain(Body.Run run, RecordedRun recorded, Selector selector) {
    this.run = run;
    this.recorded = recorded;
    this.selector = selector;
  }

  /**
   * What does not come out as it was recorded.
   *
   * @param differences a line each
   */
  record Difference(ReplayStep step, List<String> differences) {}

  /**
   * @param documents of the run, with the bytes that the entry vouches for
   */
  Optional<Difference> compare(ReplayDocuments documents) {
    Selection selection = selector.select(recorded.workflow(), recorded.examined());
    boolean withheld =
        selection
            .selected()
            .flatMap(best -> new Withholding(new Redactor(List.of())).ofChanges(best.examined()))
            .isPresent();
    if (withheld) {
      return difference(ReplayStep.SELECTION, List.of("it selects a path that is withheld"));
    }
    Documents written = write(selection);
    List<String> decided = decided(written.decision());
    return decided.isEmpty()
        ? difference(ReplayStep.DOCUMENTS, documents(written, documents))
        : difference(ReplayStep.SELECTION, decided);
  }

  private static Optional<Difference> difference(ReplayStep step, List<String> differences) {
    return differences.isEmpty()
        ? Optional.empty()
        : Optional.of(new Difference(step, differences));
  }

  /** By this program's selector: what a document says of its parameters is to come out of it. */
  private Documents write(Selection selection) {
    RunFacts as = recorded.facts(selection);
    RunFacts facts =
        new RunFacts(
            as.workflow(),
            as.paths(),
            as.intent(),
            as.head(),
            as.selection(),
            new DecidedBy(selector.name(), selector.version(), selector.parameters()),
            as.isolation(),
            as.ledgerHeads(),
            as.transcriptDigests());
    Attester attester =
        new Attester(Optional.of(run.common().repo()), run.tool(), Optional.empty());
    return new Recorder(new Redactor(List.of()), attester).write(facts);
  }

  private List<String> decided(Decision again) {
    Decision entry = run.decision();
    List<String> differences = new ArrayList<>();
    compare("outcome", again.outcome(), entry.outcome(), differences);
    compare("selected", again.selected(), entry.selected(), differences);
    compare("tree", again.tree(), entry.tree(), differences);
    compare("selector", again.selector(), entry.selector(), differences);
    compare("input", again.input(), entry.input(), differences);
    compare("policy", again.policy(), entry.policy(), differences);
    compare("lanes", lanes(again), lanes(entry), differences);
    return differences;
  }

  private static String lanes(Decision decision) {
    return String.join(
        ", ",
        decision.lanes().stream()
            .map(lane -> "%s %s %s".formatted(lane.agent(), lane.outcome(), lane.tree()))
            .toList());
  }

  private static void compare(
      String name, @Nullable String again, @Nullable String entry, List<String> differences) {
    if (!Objects.equals(again, entry)) {
      differences.add(
          "%s: the recorded evidence gives %s, the entry has %s"
              .formatted(name, shown(again), shown(entry)));
    }
  }

  private static String shown(@Nullable String value) {
    return value == null ? "none" : "'" + value + "'";
  }

  private List<String> documents(Documents written, ReplayDocuments documents) {
    DataLakePaths paths = recorded.paths();
    Map<String, Bytes> again = new HashMap<>();
    written.outputs().forEach(document -> again.put(document.path(), document.bytes()));
    TreeSet<String> all = new TreeSet<>(again.keySet());
    run.outputs().stream().map(RecordedFile::path).forEach(all::add);
    List<String> differences = new ArrayList<>();
    for (String path : all) {
      Optional<Bytes> found = documents.file(path);
      Bytes expected = again.get(path);
      if (expected == null) {
        differences.add(path + ": no document of this run");
      } else if (found.isEmpty()) {
        differences.add(path + ": the entry names no such document");
      } else if (!expected.equals(found.get())
          && !(path.equals(paths.attestation()) && isEnvelopeOf(expected, found.get()))) {
        differences.add(path + ": it is not what is written again");
      }
    }
    return differences;
  }

  /** Who signed is for others to check (docs/in-toto.md); what was signed is compared. */
  private static boolean isEnvelopeOf(Bytes statement, Bytes envelope) {
    try {
      JsonObject found = JsonReader.readObject(envelope.toArray());
      String payload =
          Base64.getEncoder()
              .encodeToString(
                  Bytes.utf8(CompactJson.exact(JsonReader.readObject(statement.toArray())))
                      .toArray());
      return payload.equals(found.text("payload"))
          && DecisionStatement.PAYLOAD_TYPE.equals(found.text("payloadType"));
    } catch (JsonException noJson) {
      return false;
    }
  }
}
