package dev.optr.app;

import dev.optr.agents.Answer;
import dev.optr.evidence.HeadExamined;
import dev.optr.execution.GateVerdict;
import dev.optr.execution.Performed;
import dev.optr.intent.Intent;
import dev.optr.selection.Selection;
import dev.optr.workflow.Workflow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run that came to a decision.
 *
 * @param entry id of its ledger entry; null where none was written
 * @param begunLedger genesis id of the signed ledger that this run began; else null
 */
record Outcome(
    Intent intent,
    HeadExamined head,
    Selection selection,
    @Nullable String entry,
    @Nullable String begunLedger,
    GateVerdict gate,
    Performed performed) {

  /** The same decision, with what was found out about the frozen commit now. */
  Outcome withHead(HeadExamined now, Workflow.Gate rule) {
    GateVerdict verdict = GateVerdict.of(selection, now, entry != null, rule);
    return new Outcome(intent, now, selection, entry, begunLedger, verdict, performed);
  }

  /** The answers are where they belong, so that nobody needs them in the run's own store. */
  boolean isKept() {
    return switch (performed) {
      case Performed.Anchored _, Performed.Written _ -> true;
      case Performed.Superseded _, Performed.Refused _ -> false;
    };
  }

  /** What a reader must know besides the decision. */
  List<String> notices() {
    return begunLedger == null
        ? List.of()
        : List.of(
            "this run began a signed ledger; keep its id elsewhere and pin it (--genesis, input"
                + " 'genesis' or OPTR_GENESIS): genesis "
                + begunLedger);
  }

  /** The exit code of the decision itself, whatever an input makes of it. */
  ExitCode exit() {
    return switch (performed) {
      case Performed.Refused _ -> ExitCode.SERVICE_FAILED;
      case Performed.Superseded _ -> ExitCode.OK;
      case Performed.Anchored _, Performed.Written _ -> exit(selection);
    };
  }

  static ExitCode exit(Selection selection) {
    return switch (selection) {
      case Selection.Selected _ -> ExitCode.OK;
      case Selection.NoneAdmissible _ -> ExitCode.NONE_ADMISSIBLE;
      case Selection.QuorumMissed missed ->
          onlyOutages(missed) ? ExitCode.SERVICE_FAILED : ExitCode.NONE_ADMISSIBLE;
    };
  }

  private static boolean onlyOutages(Selection.QuorumMissed missed) {
    return missed.candidates().stream()
        .map(row -> row.examined().candidate().answer())
        .allMatch(
            answer ->
                switch (answer) {
                  case Answer.Failed failed -> failed.code().isOutage();
                  case Answer.Proposed _, Answer.Declined _ -> true;
                  case Answer.NotAsked _ -> false;
                });
  }
}
