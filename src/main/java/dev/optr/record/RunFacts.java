package dev.optr.record;

import dev.optr.datalake.DataLakePaths;
import dev.optr.evidence.HeadExamined;
import dev.optr.intent.Intent;
import dev.optr.selection.Selection;
import dev.optr.workflow.Workflow;
import java.util.List;
import java.util.Map;

/**
 * A decided run, as it is written down.
 *
 * @param paths where the run's documents lie
 * @param isolation what commands ran in: {@code full}, {@code partial(what is missing)} or {@code
 *     none}, also where none ran; {@code jobs} where they ran in jobs of their own
 * @param ledgerHeads ids of the ledger heads that history was computed from
 * @param transcriptDigests by agent, of transcripts that are not at hand: a recorded run that did
 *     not store them
 */
public record RunFacts(
    Workflow workflow,
    DataLakePaths paths,
    Intent intent,
    HeadExamined head,
    Selection selection,
    DecidedBy decidedBy,
    String isolation,
    List<String> ledgerHeads,
    Map<String, String> transcriptDigests) {

  public RunFacts {
    ledgerHeads = ledgerHeads.stream().sorted().toList();
    transcriptDigests = Map.copyOf(transcriptDigests);
  }

  /** A run whose commands ran without isolation, all transcripts at hand. */
  public RunFacts(
      Workflow workflow,
      DataLakePaths paths,
      Intent intent,
      HeadExamined head,
      Selection selection,
      DecidedBy decidedBy,
      List<String> ledgerHeads) {
    this(workflow, paths, intent, head, selection, decidedBy, "none", ledgerHeads, Map.of());
  }
}
