package dev.optr.agents;

import dev.optr.workflow.Workflow.Isolation;
import org.jspecify.annotations.Nullable;

/**
 * Whether an agent may be a program of this machine. Such a program has the rights of this process,
 * which nobody gets without saying so.
 */
public sealed interface ProgramPolicy {
  record Run() implements ProgramPolicy {}

  /**
   * @param reason why not, and the way out
   */
  record Refused(String reason) implements ProgramPolicy {}

  /**
   * A job's credentials are near, and a program could change what the job does next. It may run
   * only where the job's token cannot write contents, which cannot be made sure of without
   * isolation.
   */
  static ProgramPolicy inActions() {
    return new Refused(
        "an agent that is a program runs in Actions only where the job's token cannot write"
            + " contents, which this version cannot make sure of; take an agent of another type or"
            + " backend there");
  }

  /** On the user's own machine. */
  static ProgramPolicy local(@Nullable Isolation isolation) {
    return isolation == Isolation.OFF
        ? new Run()
        : new Refused(
            "an agent that is a program would have your user's rights, since this version cannot"
                + " isolate it; 'isolation: off' in the workflow file allows that");
  }
}
