package dev.optr.execution;

import dev.optr.evidence.HeadExamined;
import dev.optr.evidence.WhyNot;
import dev.optr.selection.Selection;
import dev.optr.workflow.Workflow;
import java.util.List;

/**
 * What branch protection gates on: success exactly if the ledger is intact and the commit itself is
 * admissible by evidence. How the lanes ended changes the words, never the state.
 *
 * @param description {@code <outcome>: <agent> (<admissible>/<lanes> admissible)[; <reason>]}
 */
public record GateVerdict(State state, String description) {
  public enum State {
    SUCCESS,
    FAILURE,
    ERROR
  }

  /**
   * After a decision. {@code recorded} is false where the ledger is disabled, and then nothing is
   * green.
   */
  private static GateVerdict of(Selection selection, HeadExamined head, boolean recorded) {
    String decision = decision(selection);
    if (!recorded) {
      return new GateVerdict(
          State.FAILURE, decision + "; no ledger entry was written, so nothing is proven");
    }
    return examined(decision, head, selection.selected().isPresent());
  }

  /**
   * After a decision, as the workflow file has it.
   *
   * @param rule what the gate asks for
   */
  public static GateVerdict of(
      Selection selection, HeadExamined head, boolean recorded, Workflow.Gate rule) {
    return switch (rule) {
      case ADMISSIBLE -> of(selection, head, recorded);
      case EXECUTED -> recorded ? notExecuted(selection) : of(selection, head, false);
    };
  }

  /** After a push on which no agent was asked, as the workflow file has it. */
  public static GateVerdict ofHeadAlone(HeadExamined head, Workflow.Gate rule) {
    return switch (rule) {
      case ADMISSIBLE -> ofHeadAlone(head);
      case EXECUTED -> notExecuted();
    };
  }

  /** After a push on which no agent was asked. */
  private static GateVerdict ofHeadAlone(HeadExamined head) {
    return examined("skipped: agents were not asked on this push", head, false);
  }

  /**
   * Of an executed commit: the selected path, admitted by recorded evidence.
   *
   * @param agent whose path it is
   */
  public static GateVerdict executed(String agent) {
    return new GateVerdict(State.SUCCESS, "executed: " + agent);
  }

  /** After a decision, where nothing but an executed commit is green. */
  private static GateVerdict notExecuted(Selection selection) {
    String next =
        selection.selected().isPresent()
            ? "; /optr execute"
            : "; the gate asks for an executed commit";
    return new GateVerdict(State.FAILURE, decision(selection) + next);
  }

  /** After a push on which no agent was asked, where nothing but an executed commit is green. */
  private static GateVerdict notExecuted() {
    return new GateVerdict(
        State.FAILURE, "agents were not asked on this push; the gate asks for an executed commit");
  }

  private static GateVerdict examined(String decision, HeadExamined head, boolean pathSelected) {
    if (head.admissible()) {
      return new GateVerdict(State.SUCCESS, decision);
    }
    String path = pathSelected ? "/optr execute; " : "";
    return new GateVerdict(State.FAILURE, decision + "; " + path + reason(head.whyNot()));
  }

  private static String reason(List<WhyNot> whyNot) {
    String first =
        whyNot.isEmpty() ? "nothing was found out about it" : whyNot.getFirst().message();
    String more = whyNot.size() > 1 ? " and " + (whyNot.size() - 1) + " more" : "";
    return "head: " + first + more;
  }

  private static String decision(Selection selection) {
    long admissible =
        selection.candidates().stream().filter(row -> row.examined().admissible()).count();
    String counted = " (" + admissible + "/" + selection.candidates().size() + " admissible)";
    return selection.outcome()
        + selection.selected().map(best -> ": " + best.examined().candidate().agent()).orElse("")
        + counted;
  }
}
