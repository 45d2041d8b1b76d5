package dev.optr.actions;

/** Which outcomes of a run fail the step, beyond those that always do. */
public enum FailOn {
  /** A run without an admissible path fails the step. */
  NONE_ADMISSIBLE("none-admissible"),
  /** A run whose selected path was not executed fails the step, too. */
  UNEXECUTED("unexecuted"),
  /** The outcome is left to the commit status. */
  NEVER("never");

  private final String label;

  FailOn(String label) {
    this.label = label;
  }

  /** The value as it is written in a workflow. */
  public String label() {
    return label;
  }
}
