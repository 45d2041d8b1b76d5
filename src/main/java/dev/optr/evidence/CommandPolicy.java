package dev.optr.evidence;

import dev.optr.isolation.Level;
import dev.optr.workflow.Workflow;

/** Whether candidate code may run here. What may not run is unknown, and so never held. */
public sealed interface CommandPolicy {
  record Run() implements CommandPolicy {}

  /**
   * @param reason what is missing and what to write, one sentence
   */
  record Unknown(String reason) implements CommandPolicy {}

  /**
   * @param wanted what the workflow file says, or stands for it where it says nothing
   * @param reached what this machine was found to give
   */
  static CommandPolicy of(Workflow.Isolation wanted, Level reached) {
    return switch (wanted) {
      case OFF, BEST_EFFORT -> new Run();
      case REQUIRED ->
          switch (reached) {
            case Level.Full _ -> new Run();
            case Level.Partial partial -> refused(partial.text());
            case Level.None(String reason) -> refused("none: " + reason);
          };
    };
  }

  private static Unknown refused(String reached) {
    return new Unknown(
        "candidate code does not run here, since isolation is required and this machine's is "
            + reached
            + "; run where it is full, or write 'isolation: best-effort' or 'isolation: off', which"
            + " docs/threat-model.md explains");
  }
}
