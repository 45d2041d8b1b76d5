package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.actions.FailOn;
import dev.optr.actions.WorkflowCommands;
import dev.optr.datalake.DataLakePaths;
import dev.optr.evidence.HeadExamined;
import dev.optr.execution.GateVerdict;
import dev.optr.github.CommentRef;
import dev.optr.github.Comments;
import dev.optr.github.PullRequestEvent;
import dev.optr.report.ConsoleReport;
import dev.optr.report.Links;
import dev.optr.report.Mode;
import dev.optr.report.PullRequestComment;
import dev.optr.report.RunReport;
import dev.optr.report.Standing;
import dev.optr.report.Summary;
import dev.optr.selection.Ranked;
import dev.optr.selection.Score;
import dev.optr.selection.Selection;
import dev.optr.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a run on a pull request tells its readers: comment, summary, outputs. */
final class PullRequestReports {
  private final ActionEnvironment action;
  private final PullRequestEvent event;
  private final Workflow workflow;
  private final Prepared prepared;
  private final long started;
  private final String isolation;

  /**
   * @param started monotonic, in nanoseconds
   * @param isolation what commands ran in
   */
  PullRequestReports(
      ActionEnvironment action,
      PullRequestEvent event,
      Workflow workflow,
      Prepared prepared,
      long started,
      String isolation) {
    this.action = action;
    this.event = event;
    this.workflow = workflow;
    this.prepared = prepared;
    this.started = started;
    this.isolation = isolation;
  }

  private DataLakePaths paths() {
    return DataLakePaths.ofPullRequest(workflow.name(), event.number());
  }

  /**
   * Posts the comment and says the outcome.
   *
   * @param anchor null where the ledger is disabled and nothing was committed
   */
  ActionResult decided(
      Outcome outcome, @Nullable String anchor, Comments comments, WorkflowCommands log) {
    RunReport report = report(outcome, anchor);
    log.group("optr: " + report.outcome());
    log.foreign(ConsoleReport.table(report));
    log.endGroup();
    CommentRef comment =
        comments.upsert(
            event.number(),
            PullRequestComment.marker(workflow.name()),
            PullRequestComment.render(report));
    ActionResult result =
        ActionResult.of(report.outcome(), exit(outcome.selection()), Summary.render(report))
            .with("mode", "full")
            .with("admissible", String.valueOf(outcome.selection() instanceof Selection.Selected))
            .with("datalake-path", report.datalake())
            .with("comment-url", comment.htmlUrl().toString())
            .withKnown("anchor-sha", anchor)
            .withKnown("ledger-entry", outcome.entry());
    return report.best().map(best -> selected(result, best)).orElse(result);
  }

  private RunReport report(Outcome outcome, @Nullable String anchor) {
    return report(
        outcome.head(),
        outcome.selection(),
        outcome.entry(),
        anchor,
        outcome.gate(),
        Mode.FULL,
        outcome.notices());
  }

  private static ActionResult selected(ActionResult result, Ranked best) {
    ActionResult more =
        result
            .with("selected-agent", best.examined().candidate().agent())
            .with("tree", String.valueOf(best.examined().candidate().tree()));
    @Nullable Score score = best.score();
    return score == null
        ? more
        : more.with("ttv-seconds", String.valueOf(score.expectedTtvSeconds()));
  }

  /** Agents were not asked on this push; the commit itself was examined. */
  ActionResult headAlone(HeadExamined head) {
    return ActionResult.of("skipped", ExitCode.OK, Summary.render(headReport(head)))
        .with("mode", "full");
  }

  ActionResult reportOnly(HeadExamined head) {
    return ActionResult.of("report_only", ExitCode.OK, Summary.render(headReport(head)))
        .with("mode", "report_only");
  }

  ActionResult superseded() {
    String summary =
        "Superseded: somebody pushed during the run; the newer push has a run of its own.\n";
    return ActionResult.of("superseded", ExitCode.OK, summary).with("mode", "full");
  }

  ActionResult refused() {
    String summary =
        "Failed: GitHub refuses to move the branch of this pull request; the log has its reason.\n";
    return ActionResult.of("failed", ExitCode.SERVICE_FAILED, summary).with("mode", "full");
  }

  private RunReport headReport(HeadExamined head) {
    return report(
        head,
        new Selection.NoneAdmissible(List.of()),
        null,
        null,
        null,
        Mode.REPORT_ONLY,
        List.of());
  }

  private RunReport report(
      HeadExamined head,
      Selection selection,
      @Nullable String entry,
      @Nullable String anchor,
      @Nullable GateVerdict gate,
      Mode mode,
      List<String> notices) {
    return new RunReport(
        workflow.name(),
        prepared.intent(),
        head,
        selection,
        entry,
        anchor,
        gate,
        mode,
        action.runUrl().toString(),
        paths().directory(),
        Duration.ofNanos(System.nanoTime() - started).toMillis(),
        isolation,
        notices,
        null,
        "optr verify",
        prepared.wiring().redactor(),
        Optional.ofNullable(anchor).map(this::links),
        new Standing.Decided());
  }

  private Links links(String anchor) {
    return new Links(action.serverUrl(), action.repository(), anchor);
  }

  private ExitCode exit(Selection selection) {
    ExitCode exit = Outcome.exit(selection);
    boolean red = exit == ExitCode.NONE_ADMISSIBLE && selection instanceof Selection.NoneAdmissible;
    return red && action.inputs().failOn() == FailOn.NEVER ? ExitCode.OK : exit;
  }
}
