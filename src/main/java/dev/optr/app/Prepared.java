package dev.optr.app;

import dev.optr.agents.Lane;
import dev.optr.agents.Question;
import dev.optr.git.FrozenTree;
import dev.optr.intent.Intent;
import dev.optr.workflow.Workflow;
import java.util.List;

/**
 * A run whose input is frozen, before anybody is asked.
 *
 * @param frozen the whole frozen tree; what agents may see of it is in the question
 * @param workflowFiles path of the workflow file in the repository; empty where it lies outside
 */
record Prepared(
    Workflow workflow,
    Wiring wiring,
    List<Lane> lanes,
    FrozenTree frozen,
    Question question,
    List<String> workflowFiles) {
  Prepared {
    lanes = List.copyOf(lanes);
    workflowFiles = List.copyOf(workflowFiles);
  }

  Intent intent() {
    return question.intent();
  }
}
