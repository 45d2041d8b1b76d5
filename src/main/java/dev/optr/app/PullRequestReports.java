package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.actions.WorkflowCommands;
import dev.optr.evidence.HeadExamined;
import dev.optr.execution.Executed;
import dev.optr.execution.GateVerdict;
import dev.optr.github.CheckRuns;
import dev.optr.github.CommentRef;
import dev.optr.github.GitHubConnection;
import dev.optr.github.ReadOnlyTokenException;
import dev.optr.report.CheckReport;
import dev.optr.report.HeadComment;
import dev.optr.report.Links;
import dev.optr.report.LogGroups;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a run on a pull request tells its readers: comment, check run, summary, outputs. */
final class PullRequestReports {
  private final PullRequestIntake intake;
  private final Prepared prepared;
  private final long started;
  private final String isolation;

  /**
   * @param started monotonic, in nanoseconds
   * @param isolation what commands ran in
   */
  PullRequestReports(PullRequestIntake intake, Prepared prepared, long started, String isolation) {
    this.intake = intake;
    this.prepared = prepared;
    this.started = started;
    this.isolation = isolation;
  }

  /**
   * Posts the comment and says the outcome.
   *
   * @param anchor null where nothing was committed
   */
  ActionResult decided(
      Outcome outcome, @Nullable String anchor, GitHubConnection github, WorkflowCommands log) {
    RunReport report = report(outcome, anchor);
    for (LogGroups.Group group : LogGroups.of(report)) {
      log.group(group.title());
      log.foreign(group.text());
      log.endGroup();
    }
    Optional<CommentRef> comment = comment(github, log, PullRequestComment.render(report));
    checkRun(report, anchor, github, log);
    ActionResult result =
        ActionResult.of(report.outcome(), exit(outcome.selection()), Summary.render(report))
            .with("mode", mode())
            .with("admissible", String.valueOf(outcome.selection() instanceof Selection.Selected))
            .with("datalake-path", report.datalake())
            .withKnown("comment-url", address(comment))
            .withKnown("anchor-sha", anchor)
            .withKnown("ledger-entry", outcome.entry());
    return report.best().map(best -> selected(result, best)).orElse(result);
  }

  /** The comment again, once the path is on the branch. */
  void executed(
      Outcome outcome,
      String anchor,
      Executed.Done done,
      GitHubConnection github,
      WorkflowCommands log) {
    Optional<CommentRef> _ =
        comment(
            github,
            log,
            PullRequestComment.render(
                report(
                    outcome.head(),
                    outcome.selection(),
                    outcome.entry(),
                    anchor,
                    GateVerdict.executed(done.agent()),
                    intake.occasion().mode(),
                    intake.notices(),
                    new Standing.Executed(done.commit(), done.entry()))));
  }

  private Optional<CommentRef> comment(GitHubConnection github, WorkflowCommands log, String body) {
    return new OwnComments(github, log)
        .put(intake.event().number(), PullRequestComment.marker(workflow().name()), body);
  }

  private static @Nullable String address(Optional<CommentRef> comment) {
    return comment.map(found -> found.htmlUrl().toString()).orElse(null);
  }

  /** A report beside the gate, which no rule should require. */
  private void checkRun(
      RunReport report, @Nullable String anchor, GitHubConnection github, WorkflowCommands log) {
    if (workflow().report() != Workflow.Report.CHECK) {
      return;
    }
    CheckReport check = CheckReport.render(report);
    try {
      CheckRuns runs = github.checkRuns();
      runs.report(
          anchor == null ? intake.head() : anchor,
          CheckReport.NAME,
          check.title(),
          check.summary());
    } catch (ReadOnlyTokenException e) {
      log.warning(
          "'report: check' needs the permission 'checks: write' in the calling workflow: "
              + e.getMessage());
    }
  }

  private RunReport report(Outcome outcome, @Nullable String anchor) {
    List<String> notices = new ArrayList<>(outcome.notices());
    notices.addAll(intake.notices());
    return report(
        outcome.head(),
        outcome.selection(),
        outcome.entry(),
        anchor,
        outcome.gate(),
        intake.occasion().mode(),
        notices,
        new Standing.Decided());
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

  /** Agents were not asked; the commit itself was examined. */
  ActionResult headAlone(
      HeadExamined head,
      GateVerdict gate,
      HeadComment.Unasked why,
      GitHubConnection github,
      WorkflowCommands log) {
    RunReport report = unasked(head, gate, why);
    Optional<CommentRef> comment = comment(github, log, HeadComment.render(report, why));
    return ActionResult.of("skipped", ExitCode.OK, Summary.render(report))
        .with("mode", mode())
        .withKnown("comment-url", address(comment));
  }

  /** What a merge queue would merge; there is no pull request to comment on. */
  ActionResult group(HeadExamined head, GateVerdict gate) {
    return ActionResult.of(
            "skipped",
            ExitCode.OK,
            Summary.render(unasked(head, gate, HeadComment.Unasked.TRIGGER)))
        .with("mode", mode());
  }

  ActionResult reportOnly(HeadExamined head) {
    return ActionResult.of(
            "report_only", ExitCode.OK, Summary.render(headReport(head, null, Mode.REPORT_ONLY)))
        .with("mode", text(Mode.REPORT_ONLY));
  }

  ActionResult superseded() {
    String summary =
        "Superseded: somebody pushed during the run; the newer push has a run of its own.\n";
    return ActionResult.of("superseded", ExitCode.OK, summary).with("mode", mode());
  }

  ActionResult refused() {
    String summary =
        "Failed: GitHub refuses to move the branch of this pull request; the log has its reason.\n";
    return ActionResult.of("failed", ExitCode.SERVICE_FAILED, summary).with("mode", mode());
  }

  private RunReport unasked(
      HeadExamined head, @Nullable GateVerdict gate, HeadComment.Unasked why) {
    return headReport(head, gate, intake.occasion().mode()).with(new Standing.HeadAlone(why));
  }

  private RunReport headReport(HeadExamined head, @Nullable GateVerdict gate, Mode mode) {
    return report(
        head,
        new Selection.NoneAdmissible(List.of()),
        null,
        null,
        gate,
        mode,
        intake.notices(),
        new Standing.Decided());
  }

  /** A decision that was made before, as its readers were told about it. */
  RunReport recalled(RecalledDecision decision, GateVerdict gate, Standing standing) {
    return report(
        decision.run().head(),
        decision.selection(),
        decision.entry().id(),
        decision.anchor(),
        gate,
        intake.occasion().mode(),
        List.of(),
        standing);
  }

  private RunReport report(
      HeadExamined head,
      Selection selection,
      @Nullable String entry,
      @Nullable String anchor,
      @Nullable GateVerdict gate,
      Mode mode,
      List<String> notices,
      Standing standing) {
    ActionEnvironment action = intake.action();
    return new RunReport(
        workflow().name(),
        prepared.intent(),
        head,
        selection,
        entry,
        anchor,
        gate,
        mode,
        action.runUrl().toString(),
        intake.paths().directory(),
        Duration.ofNanos(System.nanoTime() - started).toMillis(),
        isolation,
        notices,
        executeCommand(selection, anchor),
        "optr verify",
        prepared.wiring().redactor(),
        Optional.ofNullable(anchor)
            .map(commit -> new Links(action.serverUrl(), action.repository(), commit)),
        standing);
  }

  private @Nullable String executeCommand(Selection selection, @Nullable String anchor) {
    boolean possible =
        anchor != null
            && selection.selected().isPresent()
            && workflow().execute() != Workflow.Execute.NEVER
            && !intake.isFork();
    return possible ? "/optr execute" : null;
  }

  private Workflow workflow() {
    return intake.workflow();
  }

  private String mode() {
    return text(intake.occasion().mode());
  }

  private static String text(Mode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  private ExitCode exit(Selection selection) {
    ExitCode exit = Outcome.exit(selection);
    boolean red = exit == ExitCode.NONE_ADMISSIBLE && selection instanceof Selection.NoneAdmissible;
    return switch (intake.action().inputs().failOn()) {
      case NEVER -> red ? ExitCode.OK : exit;
      case UNEXECUTED ->
          exit == ExitCode.OK && selection.selected().isPresent() ? ExitCode.NONE_ADMISSIBLE : exit;
      case NONE_ADMISSIBLE -> exit;
    };
  }
}
