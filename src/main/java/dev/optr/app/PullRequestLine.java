package dev.optr.app;

import dev.optr.actions.WorkflowCommands;
import dev.optr.base.Disk;
import dev.optr.evidence.HeadExamined;
import dev.optr.execution.DirectoryExecution;
import dev.optr.execution.Execution;
import dev.optr.execution.GateVerdict;
import dev.optr.execution.HeadMove;
import dev.optr.execution.MoveThroughApi;
import dev.optr.execution.Performed;
import dev.optr.execution.PullRequestExecution;
import dev.optr.git.CandidateDirectory;
import dev.optr.git.TreeStore;
import dev.optr.github.ReadOnlyTokenException;
import dev.optr.ledger.Timestamper;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One pull request on its way through the canonical flow. */
final class PullRequestLine {
  private final PullRequestIntake intake;
  private final Course.Opening course;
  private final WorkflowCommands log;
  private final Gate gate;
  private final long started = System.nanoTime();

  PullRequestLine(PullRequestIntake intake, Course.Opening course, WorkflowCommands log) {
    this.intake = intake;
    this.course = course;
    this.log = log;
    this.gate = new Gate(intake.action(), intake.host());
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
    Prepared prepared = intake.prepare(List.of());
    Optional<RunLedger> ledger = intake.ledger(this::stamping);
    HeadMove move = headMove(ledger);
    CandidateDirectory.sweep(intake.temporary());
    try (TreeStore trees = intake.trees()) {
      return decide(prepared, trees, ledger, move);
    }
  }

  private ActionResult decide(
      Prepared prepared, TreeStore trees, Optional<RunLedger> ledger, HeadMove move)
      throws InterruptedException {
    Course taken = course.open(intake.repository(), prepared, trees);
    PullRequestReports reports = intake.reports(prepared, taken, started);
    Optional<Outcome> earlier = intake.earlier(prepared, trees, ledger.map(RunLedger::past));
    if (earlier.isPresent()) {
      log.notice("the ledger holds a decision on this very input; nobody was asked again");
      // The gate vouches for this commit by what is seen now, not by what a branch says was seen.
      HeadExamined now = taken.examiner(Optional.empty()).examineHead();
      return publish(earlier.get().withHead(now), reports);
    }
    if (!taken.asks(ledger.map(RunLedger::past))) {
      return decideHeadAlone(taken.headExaminer().examineHead(), reports);
    }
    taken.require();
    Orchestrator orchestrator =
        intake
            .wiring()
            .orchestrator(
                intake.paths(),
                taken.examiner(Optional.of(intake.others(gate.pullRequests()))),
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

  private ActionResult decideHeadAlone(HeadExamined head, PullRequestReports reports) {
    gate.settle(intake.head(), GateVerdict.ofHeadAlone(head));
    log.notice(
        "agents are not asked on this push ('trigger.push' in the workflow file); the commit itself was examined");
    return reports.headAlone(head);
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
    return reports.decided(outcome, anchor, gate.comments(), log);
  }

  /** Without a ledger nothing is anchored: the documents stay on the runner. */
  private Execution execution(boolean recorded, HeadMove move) {
    return recorded
        ? new PullRequestExecution(gate.gitData(), gate.statuses(), move, intake.action().runUrl())
        : new DirectoryExecution(
            intake.state().resolve("documents"), new Disk(intake.host().checkpoint()));
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
    return logged.orElseGet(() -> new MoveThroughApi(gate.gitData(), intake.event().head().ref()));
  }
}
