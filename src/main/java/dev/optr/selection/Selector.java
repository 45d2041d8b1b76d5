package dev.optr.selection;

import dev.optr.evidence.Examined;
import dev.optr.workflow.Workflow;
import java.util.List;

/** A pure function from what was captured and found out to a decision. */
public interface Selector {
  /** The name in the workflow file and in the ledger. */
  String name();

  /** Changes whenever the same input could give another result. */
  String version();

  Selection select(Workflow policy, List<Examined> examined);
}
