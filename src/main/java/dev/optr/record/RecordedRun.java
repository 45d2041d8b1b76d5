package dev.optr.record;

import dev.optr.datalake.DataLakePaths;
import dev.optr.evidence.Examined;
import dev.optr.evidence.HeadExamined;
import dev.optr.intent.Intent;
import dev.optr.selection.Selection;
import dev.optr.workflow.Workflow;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as its documents tell it. What was decided is to be selected again from {@code examined};
 * {@code outcome} and {@code selected} say what is to come out.
 *
 * @param intent with its document and its digest, which is that of the document
 * @param examined every lane, in the order of the workflow file. Trees and diffs are made again
 *     from the recorded changes; a proposal's edits are not recorded and empty, and its prose is as
 *     it was stored: redacted, or blank where it was withheld
 * @param outcome as recorded: {@code selected}, {@code none_admissible} or {@code quorum_missed}
 * @param selected the agent that was selected, as recorded; null where nothing was
 * @param decidedBy the selector that decided, as recorded
 * @param isolation what commands ran in, as recorded
 * @param ledgerHeads ids of the ledger heads that history was computed from
 * @param transcriptDigests by agent, of transcripts that are not stored
 */
public record RecordedRun(
    Workflow workflow,
    DataLakePaths paths,
    Intent intent,
    HeadExamined head,
    List<Examined> examined,
    String outcome,
    @Nullable String selected,
    DecidedBy decidedBy,
    String isolation,
    List<String> ledgerHeads,
    Map<String, String> transcriptDigests) {

  public RecordedRun {
    examined = List.copyOf(examined);
    ledgerHeads = List.copyOf(ledgerHeads);
    transcriptDigests = Map.copyOf(transcriptDigests);
  }

  /**
   * The run as {@link Recorder#write} takes it: with the selection and the selector that decided,
   * the documents have the same bytes again.
   */
  public RunFacts facts(Selection selection) {
    return new RunFacts(
        workflow,
        paths,
        intent,
        head,
        selection,
        decidedBy,
        isolation,
        ledgerHeads,
        transcriptDigests);
  }
}
