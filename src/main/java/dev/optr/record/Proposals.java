package dev.optr.record;

import dev.optr.evidence.Examined;
import dev.optr.evidence.HeadExamined;
import dev.optr.intent.Intent;
import dev.optr.workflow.Workflow;
import java.util.List;
import java.util.Map;

/**
 * What lanes answered, and what was found out about it without running anything: a run before its
 * invariants are verified and anything is selected.
 *
 * @param lanes in the order of the workflow file; those that were asked
 * @param transcriptDigests by agent, of transcripts that are not at hand
 */
public record Proposals(
    Workflow workflow,
    Intent intent,
    HeadExamined head,
    List<Examined> lanes,
    Map<String, String> transcriptDigests) {

  public Proposals {
    lanes = List.copyOf(lanes);
    transcriptDigests = Map.copyOf(transcriptDigests);
  }

  /** Where all transcripts are at hand. */
  public Proposals(Workflow workflow, Intent intent, HeadExamined head, List<Examined> lanes) {
    this(workflow, intent, head, lanes, Map.of());
  }
}
