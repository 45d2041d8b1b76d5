package dev.optr.app;

import dev.optr.actions.WorkflowCommands;
import dev.optr.base.Disk;
import dev.optr.evidence.HeadExamined;
import dev.optr.execution.DirectoryExecution;
import dev.optr.execution.Executed;
import dev.optr.execution.Execution;
import dev.optr.execution.GateVerdict;
import dev.optr.execution.GitHubLedgerBranch;
import dev.optr.execution.HeadMove;
import dev.optr.execution.MoveThroughApi;
import dev.optr.execution.Performed;
import dev.optr.execution.PullRequestExecution;
import dev.optr.execution.Refusal;
import dev.optr.git.CandidateDirectory;
import dev.optr.git.TreeStore;
import dev.optr.github.BranchMove;
import dev.optr.github.GitHubConnection;
import dev.optr.github.ReadOnlyTokenException;
import dev.optr.ledger.Timestamper;
import dev.optr.report.HeadComment;
import dev.optr.workflow.Workflow;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One pull request on its way through the canonical flow. */
final class PullRequestLine {
  private final PullRequestIntake intake;
  private final Course.Opening course;
  private final WorkflowCommands log;
  private final GitHubConnection github;
  private final Gate gate;
  private final GitHubLedgerBranch branch;
  private final long started = System.nanoTime();

  PullRequestLine(
      PullRequestIntake intake,
      Course.Opening course,
      WorkflowCommands log,
      GitHubConnection github) {
    this.intake = intake;
    this.course = course;
    this.log = log;
    this.github = github;
    this.gate = new Gate(github, intake.action(), intake.subject());
    this.branch = intake.headBranch(github.gitData());
  }

  /** The gate is pending while this runs, and final however it ends. */
  ActionResult decide() throws InterruptedException {
    try {
      gate.pending(intake.head());
    } catch (ReadOnlyTokenException e) {
      log.warning(
          "the token may not write to this repository, so this run only reports: "
              + e.getMessage());
      return reportOnly();
    }
    try {
      return decideWhilePending();
    } catch (RuntimeException | InterruptedException | Error fault) {
      gate.faulted(intake.head(), fault);
      throw fault;
    }
  }

  private ActionResult decideWhilePending() throws InterruptedException {
    List<Long> sharing = sharing(intake.head());
    if (sharing.size() > 1) {
      return ambiguous(intake.head(), sharing);
    }
    Prepared prepared = intake.prepare(List.of());
    Optional<RunLedger> ledger = intake.decisions().ledger(this::stamping);
    ledger.ifPresent(book -> intake.decisions().requireUntouched(book.before()));
    HeadMove move = headMove(ledger);
    CandidateDirectory.sweep(intake.temporary());
    try (TreeStore trees = intake.trees()) {
      Prepared about = intake.decisions().about(prepared, trees, () -> ledger.map(RunLedger::past));
      return decide(about, trees, ledger, move);
    }
  }

  /** A status is of a commit, so two pull requests with one head would share it. */
  private List<Long> sharing(String commit) {
    return github.pullRequests().openWithHead(commit);
  }

  private ActionResult ambiguous(String commit, List<Long> numbers) {
    gate.ambiguous(commit, numbers);
    String message =
        "%s is the head of %d open pull requests, and what holds for one may not for another; close all but one, or push to it"
            .formatted(commit, numbers.size());
    log.error(message);
    return ActionResult.of("failed", ExitCode.USER_MUST_ACT, message + "\n");
  }

  private ActionResult decide(
      Prepared prepared, TreeStore trees, Optional<RunLedger> ledger, HeadMove move)
      throws InterruptedException {
    Course taken = course.open(intake.repository(), prepared, trees);
    PullRequestReports reports = intake.reports(prepared, taken, started);
    Optional<PastRuns> past = ledger.map(RunLedger::past);
    Optional<String> executed = intake.decisions().executed(past);
    if (executed.isPresent()) {
      log.notice("this commit executes the path of " + executed.get() + "; nobody was asked");
      return settle(
          GateVerdict.executed(executed.get()),
          taken.headExaminer().examineHead(),
          HeadComment.Unasked.EXECUTED,
          reports);
    }
    // Who asks again is answered by the decision that is there where agents may not be asked.
    boolean anew = intake.occasion().always() && taken.asks(past);
    Optional<Outcome> earlier =
        anew ? Optional.empty() : intake.decisions().earlier(prepared, trees, past);
    if (earlier.isPresent()) {
      log.notice("the ledger holds a decision on this very input; nobody was asked again");
      // The gate vouches for this commit by what is seen now, not by what a branch says was seen.
      HeadExamined now = taken.examiner(Optional.empty()).examineHead();
      return publish(earlier.get().withHead(now, intake.workflow().gate()), reports);
    }
    if (!taken.asks(past)) {
      intake.decisions().whyNotAsked(past).ifPresent(log::notice);
      HeadExamined head = taken.headExaminer().examineHead();
      return settle(
          GateVerdict.ofHeadAlone(head, intake.workflow().gate()),
          head,
          HeadComment.Unasked.TRIGGER,
          reports);
    }
    taken.require();
    Orchestrator orchestrator =
        intake
            .wiring()
            .orchestrator(
                intake.paths(),
                taken.examiner(Optional.of(intake.others(github.pullRequests()))),
                taken.isolation(),
                ledger,
                execution(ledger.isPresent(), move));
    return publish(orchestrator.run(prepared.intent(), taken.lanes()), reports);
  }

  private Timestamper stamping(boolean signed) {
    return Timestampers.of(intake.host(), intake.workflow().ledger(), signed, log::warning);
  }

  /** Says what a run would do; asks nobody and writes nothing. */
  ActionResult plan() {
    Prepared prepared = intake.prepare(List.of());
    try (TreeStore trees = intake.trees()) {
      String plan = DryRun.describe(prepared, prepared.question(trees));
      log.foreign(plan);
      return ActionResult.of("skipped", ExitCode.OK, "```text\n" + plan + "```\n");
    }
  }

  /** Without a token that may write: nothing is asked, the commit itself is examined. */
  ActionResult reportOnly() throws InterruptedException {
    Prepared prepared = intake.prepare(List.of());
    try (TreeStore trees = intake.trees()) {
      Course taken = course.open(intake.repository(), prepared, trees);
      HeadExamined head = taken.headExaminer().examineHead();
      log.notice(
          "this run may not write to the repository: no agent was asked, no status and no comment were posted");
      return intake.reports(prepared, taken, started).reportOnly(head);
    }
  }

  private ActionResult settle(
      GateVerdict verdict, HeadExamined head, HeadComment.Unasked why, PullRequestReports reports) {
    gate.settle(intake.head(), verdict);
    return reports.headAlone(head, verdict, why, github, log);
  }

  private ActionResult publish(Outcome outcome, PullRequestReports reports) {
    return switch (outcome.performed()) {
      case Performed.Anchored(String anchor) -> decided(outcome, anchor, reports);
      case Performed.Written _ -> decided(outcome, null, reports);
      case Performed.Superseded _ -> {
        gate.superseded(intake.head());
        log.notice(
            "somebody pushed during the run; the decision is about a commit that is no longer the head");
        yield reports.superseded();
      }
      case Performed.Refused(String reason) -> {
        gate.refused(intake.head(), reason);
        log.error("GitHub refuses to move '%s': %s".formatted(intake.event().head().ref(), reason));
        yield reports.refused();
      }
    };
  }

  private ActionResult decided(
      Outcome outcome, @Nullable String anchor, PullRequestReports reports) {
    gate.settle(intake.head(), outcome.gate());
    intake.wiring().answers(intake.state()).remove(outcome.intent().digest());
    ActionResult result = reports.decided(outcome, anchor, github, log);
    if (anchor == null) {
      return result;
    }
    tag(outcome, anchor);
    List<Long> sharing =
        intake.anchor() == Workflow.Anchor.PULL_REQUEST ? sharing(anchor) : List.of();
    if (sharing.size() > 1) {
      return ambiguous(anchor, sharing);
    }
    return intake.decisions().executesItself(outcome)
        ? execute(outcome, anchor, reports, result)
        : result;
  }

  /** Keeps the anchor reachable however the branch is merged. */
  private void tag(Outcome outcome, String anchor) {
    if (!intake.workflow().anchorTag() || outcome.entry() == null) {
      return;
    }
    String name = "optr/" + outcome.entry();
    switch (github.gitData().createTag(name, anchor)) {
      case BranchMove.Moved _ -> log.notice("the tag '%s' keeps the anchor".formatted(name));
      case BranchMove.Superseded _ ->
          log.warning("the tag '%s' is on another commit".formatted(name));
      case BranchMove.Refused(String reason) ->
          log.warning("GitHub refuses the tag '%s': %s".formatted(name, reason));
    }
  }

  /** {@code execute: auto}: the same checks as on command, on what was just committed. */
  private ActionResult execute(
      Outcome outcome, String anchor, PullRequestReports reports, ActionResult decided) {
    String head = intake.anchor() == Workflow.Anchor.PULL_REQUEST ? anchor : intake.head();
    return switch (new PullRequestExecutor(intake, gate, log::warning)
        .execute(head, Optional.empty())) {
      case Executed.Done done -> {
        reports.executed(outcome, anchor, done, github, log);
        yield decided.as("selected", ExitCode.OK).with("anchor-sha", done.commit());
      }
      case Executed.Refused(Refusal _, String message) -> notExecuted(decided, message);
      case Executed.Superseded(String _) -> notExecuted(decided, "somebody pushed meanwhile");
      case Executed.NotMoved(String reason) -> notExecuted(decided, reason);
    };
  }

  private ActionResult notExecuted(ActionResult decided, String why) {
    log.error("the selected path was not executed: " + why);
    return decided.exiting(ExitCode.NONE_ADMISSIBLE);
  }

  /** What is not anchored stays on the runner. */
  private Execution execution(boolean recorded, HeadMove move) {
    Workflow.Anchor anchor = recorded ? intake.anchor() : Workflow.Anchor.NONE;
    return switch (anchor) {
      case PULL_REQUEST -> new PullRequestExecution(branch, gate.status(), move);
      case SIDE_BRANCH -> intake.sideBranch().execution(intake.head());
      case NONE ->
          new DirectoryExecution(
              intake.state().resolve("documents"), new Disk(intake.host().checkpoint()));
    };
  }

  /** A log that is not whole ends the run before anybody is asked. */
  private HeadMove headMove(Optional<RunLedger> ledger) {
    Optional<HeadMove> logged =
        ledger.flatMap(
            book ->
                LogRefs.written(intake.workflow())
                    .map(
                        ref ->
                            PullRequestLog.move(
                                intake.host(),
                                intake.action(),
                                intake.event(),
                                intake.repository(),
                                ref,
                                book)));
    return logged.orElseGet(() -> new MoveThroughApi(branch));
  }
}
