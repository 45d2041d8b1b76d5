package dev.optr.record;

import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.Redactor;
import dev.optr.datalake.DataLakePaths;
import dev.optr.ledger.Decision;
import dev.optr.selection.Ranked;
import dev.optr.workflow.Workflow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Writes a decided run down as the documents of the datalake (docs/datalake.md). Pure: the same
 * facts give the same bytes. Our own credentials are redacted from prose; an agent's changes are
 * stored exactly as captured, or not at all.
 */
public final class Recorder {
  // One rule of checkout each: line endings, filters such as LFS, $Id$, encodings and, for
  // archives, $Format$. All are off, so that a document has the same bytes everywhere. A file in
  // this directory wins over the repository's own attributes.
  public static final Document ATTRIBUTES =
      new Document(
          DataLakePaths.GIT_ATTRIBUTES,
          Bytes.utf8(
              "* -text -filter -ident -working-tree-encoding -export-subst linguist-generated\n"));

  private final Redactor redactor;
  private final Attester attester;

  public Recorder(Redactor redactor, Attester attester) {
    this.redactor = redactor;
    this.attester = attester;
  }

  /**
   * All documents of a run.
   *
   * @throws IllegalStateException where the selected path cannot be stored: evidence must have
   *     denied it
   */
  public Documents write(RunFacts facts) {
    Prose prose = new Prose(redactor);
    AgentOutput agentOutput =
        new AgentOutput(prose, withholding(facts), facts.intent(), facts.transcriptDigests());
    Decision decision = Decided.of(facts);
    SelectionDocument selection = new SelectionDocument(agentOutput, prose);

    DataLakePaths paths = facts.paths();
    List<Document> outputs = new ArrayList<>();
    Document workflow = new Document(paths.workflowFile(), facts.workflow().source());
    Document intent = Document.json(paths.intent(), facts.intent().document());
    outputs.add(workflow);
    outputs.add(intent);
    outputs.add(Document.json(paths.history(), history(facts.ledgerHeads())));
    LaneDocuments lanes = new LaneDocuments(facts.workflow(), paths, agentOutput);
    facts.selection().candidates().forEach(lane -> outputs.addAll(lanes.of(lane)));
    outputs.add(Document.json(paths.selection(), selection.document(facts, decision)));
    if (facts.workflow().compliance().contains(Attester.IN_TOTO)) {
      outputs.add(
          Document.json(
              paths.attestation(), attester.document(facts, decision, List.of(intent, workflow))));
    }
    outputs.sort(Comparator.comparing(Document::path));
    return new Documents(outputs, ATTRIBUTES, decision);
  }

  private Withholding withholding(RunFacts facts) {
    Withholding withholding = new Withholding(redactor);
    Ranked best = facts.selection().selected().orElse(null);
    if (best != null) {
      withholding
          .ofChanges(best.examined())
          .ifPresent(
              rule -> {
                throw new IllegalStateException("the selected path is withheld by " + rule);
              });
    }
    return withholding;
  }

  static boolean storesTranscripts(Workflow workflow) {
    return workflow.auditable() && workflow.transcripts() == Workflow.Transcripts.COMMIT;
  }

  /** Nothing is learned yet: the table is empty, and says which ledger heads it is from. */
  static JsonObject history(List<String> ledgerHeads) {
    return Json.object()
        .put("v", 1)
        .put("heads", Json.texts(ledgerHeads))
        .put("table", Json.array(List.of()))
        .build();
  }
}
