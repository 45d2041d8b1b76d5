package dev.optr.report;

import dev.optr.base.Redactor;
import dev.optr.evidence.HeadExamined;
import dev.optr.execution.GateVerdict;
import dev.optr.intent.Intent;
import dev.optr.selection.Ranked;
import dev.optr.selection.Selection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run that came to a decision, as people are told about it.
 *
 * @param workflow the workflow's name
 * @param head the frozen commit itself, examined
 * @param ledgerEntry id of the run's entry; null where none was written
 * @param anchor the commit that carries the outputs; null where none was made
 * @param gate null where no status is posted
 * @param runUrl where the run's log is; null outside of Actions
 * @param datalake directory of the run's documents, from the repository's root
 * @param durationMs wall time of the whole run
 * @param isolation {@code full}, {@code partial(what is missing)}, {@code none} or {@code jobs}
 * @param notices what else a reader must know, one sentence each
 * @param executeCommand how the selected path is executed; null where it cannot be
 * @param verifyCommand how a reader checks the run
 * @param redactor knows the credentials that must not be shown
 * @param links where the documents can be read; empty where no server has them
 * @param standing what became of the decision
 */
public record RunReport(
    String workflow,
    Intent intent,
    HeadExamined head,
    Selection selection,
    @Nullable String ledgerEntry,
    @Nullable String anchor,
    @Nullable GateVerdict gate,
    Mode mode,
    @Nullable String runUrl,
    String datalake,
    long durationMs,
    String isolation,
    List<String> notices,
    @Nullable String executeCommand,
    String verifyCommand,
    Redactor redactor,
    Optional<Links> links,
    Standing standing) {

  public RunReport {
    notices = List.copyOf(notices);
  }

  /** As the output {@code outcome} says it. */
  public String outcome() {
    return switch (standing) {
      case Standing.HeadAlone _ -> "skipped";
      case Standing.Superseded _ -> "superseded";
      case Standing.NotMoved _ -> "failed";
      case Standing.Decided _, Standing.Executed _ ->
          mode == Mode.REPORT_ONLY ? "report_only" : selection.outcome();
    };
  }

  /**
   * The same, of which something else became. Where the branch was not moved, no reader finds the
   * anchor or its entry, and nothing can be executed.
   */
  public RunReport with(Standing became) {
    boolean reached =
        switch (became) {
          case Standing.Superseded _, Standing.NotMoved _ -> false;
          case Standing.Decided _, Standing.Executed _, Standing.HeadAlone _ -> true;
        };
    return new RunReport(
        workflow,
        intent,
        head,
        selection,
        reached ? ledgerEntry : null,
        reached ? anchor : null,
        reached ? gate : null,
        mode,
        runUrl,
        datalake,
        durationMs,
        isolation,
        notices,
        reached ? executeCommand : null,
        verifyCommand,
        redactor,
        reached ? links : Optional.empty(),
        became);
  }

  /** The selected path, if there is one. */
  public Optional<Ranked> best() {
    return selection.selected();
  }

  /** How foreign text is shown. */
  PlainText plainText() {
    return new PlainText(redactor);
  }

  long admissiblePaths() {
    return selection.candidates().stream().filter(ranked -> ranked.examined().admissible()).count();
  }
}
