package dev.optr.record;

import dev.optr.datalake.DataLakePaths;
import dev.optr.evidence.HeadExamined;
import dev.optr.intent.Intent;
import dev.optr.selection.Selection;
import dev.optr.workflow.Workflow;
import java.util.List;

/**
 * A decided run, as it is written down.
 *
 * @param paths where the run's documents lie
 * @param ledgerHeads ids of the ledger heads that history was computed from
 */
public record RunFacts(
    Workflow workflow,
    DataLakePaths paths,
    Intent intent,
    HeadExamined head,
    Selection selection,
    DecidedBy decidedBy,
    List<String> ledgerHeads) {

  public RunFacts {
    ledgerHeads = ledgerHeads.stream().sorted().toList();
  }
}
