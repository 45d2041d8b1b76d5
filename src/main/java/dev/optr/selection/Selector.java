package dev.optr.selection;

import dev.optr.base.JsonObject;
import dev.optr.evidence.Examined;
import dev.optr.workflow.Workflow;
import java.util.List;

/** A pure function from what was captured and found out to a decision. */
public interface Selector {
  /** The name in the workflow file and in the ledger. */
  String name();

  /** Changes whenever the same input could give another result. */
  String version();

  /** Every constant used, for {@code parameters} of {@code optr-selection.json}. */
  JsonObject parameters();

  Selection select(Workflow policy, List<Examined> examined);
}
