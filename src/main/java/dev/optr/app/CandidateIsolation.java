package dev.optr.app;

import dev.optr.agents.ProgramPolicy;
import dev.optr.evidence.CommandPolicy;
import dev.optr.isolation.Isolation;
import dev.optr.isolation.Level;
import dev.optr.workflow.AgentType;
import dev.optr.workflow.Workflow;
import java.nio.file.Path;
import java.util.Objects;

/**
 * How candidate code is isolated in one run.
 *
 * @param wanted what the workflow file says, or stands for it
 * @param machine what was found here; none where nothing had to be found out
 */
record CandidateIsolation(Workflow.Isolation wanted, Isolation machine) {
  /** Where nothing is to run. */
  static final CandidateIsolation NOT_SOUGHT =
      new CandidateIsolation(Workflow.Isolation.REQUIRED, Isolation.none("no command was run"));

  /**
   * Finds out what this machine gives, where commands or agents that are programs will run and are
   * to be isolated.
   *
   * @param unlessSaid what holds where the workflow file says nothing
   * @param temporary where their directories are made
   */
  static CandidateIsolation probe(
      Workflow workflow, Workflow.Isolation unlessSaid, Path temporary) {
    Workflow.Isolation wanted = Objects.requireNonNullElse(workflow.isolation(), unlessSaid);
    if (wanted == Workflow.Isolation.OFF) {
      return new CandidateIsolation(wanted, Isolation.none("'isolation: off'"));
    }
    return new CandidateIsolation(
        wanted,
        workflow.invariants().isEmpty() && !hasPrograms(workflow)
            ? Isolation.none("no command was run")
            : Isolation.probe(temporary, System::nanoTime));
  }

  private static boolean hasPrograms(Workflow workflow) {
    return workflow.agents().stream()
        .anyMatch(lane -> lane.type() == AgentType.COMMAND || "cli".equals(lane.backend()));
  }

  /** Of agents that are programs of this machine. */
  ProgramPolicy programs() {
    return ProgramPolicy.of(wanted, machine);
  }

  /** Of commands. */
  CommandPolicy policy() {
    return CommandPolicy.of(wanted, machine.level());
  }

  /** {@code full}, {@code partial(what is missing)} or {@code none}. */
  String reached() {
    return machine.level().text();
  }

  /** As a reader of the report is told it: with the reason where nothing is isolated. */
  String shown() {
    return machine.level() instanceof Level.None(String reason)
        ? "none (" + reason + ")"
        : reached();
  }
}
