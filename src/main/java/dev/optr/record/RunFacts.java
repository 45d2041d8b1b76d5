package dev.optr.record;

import dev.optr.evidence.HeadExamined;
import dev.optr.intent.Intent;
import dev.optr.selection.Selection;
import dev.optr.workflow.Workflow;
import java.util.List;

/**
 * A decided run, as it is written down.
 *
 * @param directory the run's own directory: the workflow's name, in a pull request with {@code
 *     -pr-{n}} behind it
 * @param ledgerHeads ids of the ledger heads that history was computed from
 */
public record RunFacts(
    Workflow workflow,
    String directory,
    Intent intent,
    HeadExamined head,
    Selection selection,
    DecidedBy decidedBy,
    List<String> ledgerHeads) {

  public RunFacts {
    ledgerHeads = ledgerHeads.stream().sorted().toList();
  }

  /** Where the run's documents lie, from the repository's root, without a final slash. */
  public String datalake() {
    return "datalake/workflows/" + directory;
  }
}
