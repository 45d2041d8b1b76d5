package dev.optr.app;

import dev.optr.execution.Executed;
import dev.optr.execution.ExecutedPlan;
import dev.optr.execution.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * How {@code optr execute} ended.
 *
 * @param refusal why nothing was done; null where something was
 * @param message one sentence for people; null where standard error has it
 * @param entry id of the run entry
 * @param head the commit that the new one is put upon
 * @param commit the new one; null where there is none
 * @param tree of the new commit, {@code datalake} left out
 */
record ExecutionResult(
    String outcome,
    ExitCode exit,
    @Nullable String refusal,
    @Nullable String message,
    @Nullable String agent,
    @Nullable String entry,
    @Nullable String head,
    @Nullable String commit,
    @Nullable String tree) {

  /** A fault ended the command. */
  static ExecutionResult failed(ExitCode exit) {
    return new ExecutionResult("failed", exit, null, null, null, null, null, null, null);
  }

  static ExecutionResult refused(String head, Refusal why, String message, ExitCode exit) {
    return new ExecutionResult("refused", exit, why.text(), message, null, null, head, null, null);
  }

  /**
   * Of a plan that was carried out, or could not be.
   *
   * @param done what it is called where it was
   * @param tree of the new commit, {@code datalake} left out
   */
  static ExecutionResult of(Executed executed, ExecutedPlan plan, String done, String tree) {
    return switch (executed) {
      case Executed.Done(String commit, String entry, String agent) ->
          new ExecutionResult(
              done,
              ExitCode.OK,
              null,
              "%s the path of '%s' (entry %s): commit %s".formatted(done, agent, entry, commit),
              agent,
              entry,
              plan.parent(),
              commit,
              tree);
      case Executed.Refused(Refusal why, String message) ->
          refused(plan.parent(), why, message, ExitCode.NONE_ADMISSIBLE);
      case Executed.Superseded _ ->
          stopped(plan, "superseded", "the branch moved meanwhile; nothing was done");
      case Executed.NotMoved(String reason) -> stopped(plan, "failed", reason);
    };
  }

  private static ExecutionResult stopped(ExecutedPlan plan, String outcome, String message) {
    return new ExecutionResult(
        outcome,
        ExitCode.SERVICE_FAILED,
        null,
        message,
        plan.agent(),
        plan.entry(),
        plan.parent(),
        null,
        null);
  }
}
