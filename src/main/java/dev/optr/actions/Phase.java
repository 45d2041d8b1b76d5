package dev.optr.actions;

/** What one job of several does (docs/three-jobs.md, docs/gate.md). */
public enum Phase {
  /** Asks the agents and writes a bundle. */
  PROPOSE("propose"),
  /** Makes one bundle of several that were proposed about the same input. */
  GATHER("gather"),
  /** Writes one path of a bundle into the workspace. */
  APPLY("apply"),
  /** Decides by what the jobs did. */
  SELECT("select"),
  /** Says whether the commit of the job may be deployed. */
  VERIFY("verify");

  private final String label;

  Phase(String label) {
    this.label = label;
  }

  /** The value as it is written in a workflow. */
  public String label() {
    return label;
  }
}
