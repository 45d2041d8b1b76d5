package dev.optr.agents;

import dev.optr.isolation.Isolation;
import dev.optr.isolation.Level;
import dev.optr.workflow.Workflow;
import java.util.Optional;

/** How an agent that is a program of this machine is started, if it may be. */
public sealed interface ProgramPolicy {
  /**
   * As candidate code is: with all mechanisms that this machine has.
   *
   * @param isolation of a level other than none
   */
  record Confined(Isolation isolation) implements ProgramPolicy {}

  /**
   * With the rights of this process.
   *
   * @param reason why nothing is isolated
   */
  record Unconfined(String reason) implements ProgramPolicy {}

  /**
   * @param reason why not, and the way out
   */
  record Refused(String reason) implements ProgramPolicy {}

  /**
   * Agents run in Actions only where the anchor can be pushed, which takes a token that writes
   * contents; a program that got hold of it could change what the repository holds.
   */
  static ProgramPolicy inActions() {
    return new Refused(
        "an agent that is a program runs in Actions only where the job's token cannot write"
            + " contents, and this job's can, since it commits the decision; ask it on another"
            + " machine by 'optr run', or take another type or backend");
  }

  /**
   * On the user's own machine.
   *
   * @param wanted what the workflow file says, or stands for it where it says nothing
   * @param reached what this machine was found to give
   */
  static ProgramPolicy of(Workflow.Isolation wanted, Isolation reached) {
    Optional<String> reason = refusal(wanted, reached.level());
    if (reason.isPresent()) {
      return new Refused(reason.get());
    }
    return switch (reached.level()) {
      case Level.Full _, Level.Partial _ -> new Confined(reached);
      case Level.None(String why) -> new Unconfined(why);
    };
  }

  /** Why a program does not run with this much isolation, if so. */
  static Optional<String> refusal(Workflow.Isolation wanted, Level reached) {
    boolean enough =
        switch (wanted) {
          case OFF, BEST_EFFORT -> true;
          case REQUIRED -> reached instanceof Level.Full;
        };
    return enough
        ? Optional.empty()
        : Optional.of(
            "an agent that is a program does not run here, since isolation is required and this"
                + " machine's is "
                + (reached instanceof Level.None(String why) ? "none: " + why : reached.text())
                + "; run where it is full, or write 'isolation: best-effort' or 'isolation: off',"
                + " which docs/threat-model.md explains");
  }

  /** How far a program is isolated: {@code full}, {@code partial(...)} or {@code none (why)}. */
  default String shown() {
    return switch (this) {
      case Confined(Isolation isolation) -> isolation.level().text();
      case Unconfined(String reason) -> "none (" + reason + ")";
      case Refused _ -> "not started";
    };
  }
}
