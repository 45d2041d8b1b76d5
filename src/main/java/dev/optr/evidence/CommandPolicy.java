package dev.optr.evidence;

import dev.optr.workflow.Workflow.Isolation;
import org.jspecify.annotations.Nullable;

/** Whether candidate code may run here. What may not run is unknown, and so never held. */
public sealed interface CommandPolicy {
  record Run() implements CommandPolicy {}

  /**
   * @param reason what is missing and what to write, one sentence
   */
  record Unknown(String reason) implements CommandPolicy {}

  /**
   * In Actions a runner's credentials are near: nothing runs unless the file gives isolation up.
   */
  static CommandPolicy inActions(@Nullable Isolation isolation) {
    return isolation == Isolation.OFF
        ? new Run()
        : new Unknown(
            "commands do not run in Actions, since this version cannot isolate candidate code;"
                + " 'isolation: off' in the workflow file runs them without isolation");
  }

  /** On the user's own machine. */
  static CommandPolicy local(@Nullable Isolation isolation) {
    return isolation == Isolation.REQUIRED
        ? new Unknown(
            "the workflow file says 'isolation: required', which this version cannot reach;"
                + " 'isolation: off' runs commands without isolation")
        : new Run();
  }
}
