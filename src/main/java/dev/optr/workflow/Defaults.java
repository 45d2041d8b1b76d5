package dev.optr.workflow;

import java.math.BigDecimal;
import java.util.List;

/** What holds where the workflow file says nothing (docs/workflow-file.md). */
final class Defaults {
  static final int TURNS = 30;
  static final String WORKFLOW = "optr";
  static final int QUORUM = 1;
  static final String LABEL = "optr";
  static final int PER_HOUR = 6;
  static final String SELECTOR = "select_optr";
  static final Workflow.Weights WEIGHTS =
      new Workflow.Weights(new BigDecimal("0.1"), new BigDecimal("0.2"), new BigDecimal("0.05"));
  static final Workflow.Bounds NO_BOUNDS = new Workflow.Bounds(null, null, null);
  static final Workflow.Serial SERIAL =
      new Workflow.Serial(
          Workflow.Serial.Stop.FIRST_ADMISSIBLE,
          Workflow.Serial.Order.CONFIGURED,
          Workflow.Serial.Share.NONE);
  static final Workflow.Trigger TRIGGER =
      new Workflow.Trigger(Workflow.Trigger.Push.FIRST, LABEL, PER_HOUR);

  private Defaults() {}

  static Workflow.Optr optr(String selector) {
    return new Workflow.Optr(selector, List.of(), WEIGHTS, NO_BOUNDS);
  }

  static Workflow.LedgerSettings ledger(boolean enabled) {
    return new Workflow.LedgerSettings(
        enabled, Workflow.LedgerSettings.Layout.PER_PR, Workflow.LedgerSettings.Log.OFF, null);
  }
}
