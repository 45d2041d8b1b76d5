package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.actions.ActionInput;
import dev.optr.actions.WorkflowCommands;
import dev.optr.agents.ProgramPolicy;
import dev.optr.base.Bytes;
import dev.optr.base.Disk;
import dev.optr.base.Secret;
import dev.optr.base.UserException;
import dev.optr.evidence.Examiner;
import dev.optr.evidence.HeadExamined;
import dev.optr.evidence.OtherHeads;
import dev.optr.execution.DirectoryExecution;
import dev.optr.execution.Execution;
import dev.optr.execution.GateVerdict;
import dev.optr.execution.HeadMove;
import dev.optr.execution.MoveThroughApi;
import dev.optr.execution.Performed;
import dev.optr.execution.PullRequestExecution;
import dev.optr.git.CandidateDirectory;
import dev.optr.git.GitRepository;
import dev.optr.git.RemoteHeads;
import dev.optr.git.TreeDiff;
import dev.optr.git.TreeStore;
import dev.optr.github.PullRequestEvent;
import dev.optr.github.ReadOnlyTokenException;
import dev.optr.intent.IntentSource;
import dev.optr.intent.Wish;
import dev.optr.ledger.Timestamper;
import dev.optr.workflow.Workflow;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One pull request on its way through the canonical flow. */
final class PullRequestLine {
  private final Host host;
  private final ActionEnvironment action;
  private final WorkflowCommands log;
  private final PullRequestEvent event;
  private final GitRepository repository;
  private final Workflow workflow;
  private final String workflowPath;
  private final Wiring wiring;
  private final Gate gate;
  private final long started = System.nanoTime();

  PullRequestLine(
      Host host,
      ActionEnvironment action,
      WorkflowCommands log,
      PullRequestEvent event,
      GitRepository repository,
      Workflow workflow,
      String workflowPath) {
    this.host = host;
    this.action = action;
    this.log = log;
    this.event = event;
    this.repository = repository;
    this.workflow = workflow;
    this.workflowPath = workflowPath;
    Credentials credentials = Credentials.ofInputs(action.inputs(), host.environment());
    credentials.all(workflow).forEach((Secret secret) -> log.mask(secret));
    GitHubPlace place = GitHubPlace.of(action, event.isFork());
    this.wiring =
        new Wiring(
            host, workflow, credentials, place, _ -> ProgramPolicy.inActions(), this::recording);
    this.gate = new Gate(action, host);
  }

  /** The gate is pending while this runs, and final however it ends. */
  ActionResult decide() throws InterruptedException {
    try {
      gate.pending(head());
    } catch (ReadOnlyTokenException e) {
      log.warning(
          "the token may not write to this repository, so this run only reports: "
              + e.getMessage());
      return reportOnly();
    }
    try {
      return decideWhilePending();
    } catch (RuntimeException | InterruptedException | Error fault) {
      gate.faulted(head(), fault);
      throw fault;
    }
  }

  private ActionResult decideWhilePending() throws InterruptedException {
    Prepared prepared = prepare();
    Optional<RunLedger> ledger =
        workflow.ledger().enabled()
            ? Optional.of(
                new PullRequestLedger(action, event, host.clock(), this::stamping)
                    .open(repository, RunLedger.layout(workflow)))
            : Optional.empty();
    HeadMove move = headMove(ledger);
    CandidateDirectory.sweep(temporary());
    try (TreeStore trees = TreeStore.open(repository, temporary())) {
      PullRequestReports reports =
          new PullRequestReports(action, event, workflow, prepared, started);
      Optional<Outcome> earlier =
          ledger.flatMap(
              book ->
                  EarlierDecision.find(
                      book.past(), repository, head(), prepared, reports.paths(), trees));
      boolean decided = earlier.isPresent() || mayAsk(ledger);
      Optional<TreeDiff> headChange = decided ? headChange(prepared, trees) : Optional.empty();
      if (earlier.isPresent()) {
        log.notice("the ledger holds a decision on this very input; nobody was asked again");
        Examiner headAlone = examiner(prepared, trees, Optional.empty(), headChange);
        // The gate vouches for this commit by what is seen now, not by what a branch says was seen.
        return publish(earlier.get().withHead(headAlone.examineHead()), reports);
      }
      if (!decided) {
        return examineHeadAlone(examiner(prepared, trees, Optional.empty(), headChange), reports);
      }
      prepared.judgesAtHand().require();
      wiring.missingPrograms().forEach(log::warning);
      Orchestrator orchestrator =
          wiring.orchestrator(
              reports.paths(),
              wiring.lanes(prepared.lanes(), state(), Progress.of(host)),
              prepared.frozen(),
              trees,
              examiner(prepared, trees, Optional.of(others()), headChange),
              ledger,
              execution(ledger.isPresent(), move));
      return publish(orchestrator.run(prepared.question(trees)), reports);
    }
  }

  private Timestamper stamping(boolean signed) {
    return Timestampers.of(host, workflow.ledger(), signed, log::warning);
  }

  /** Says what a run would do; asks nobody and writes nothing. */
  ActionResult plan() {
    Prepared prepared = prepare();
    try (TreeStore trees = TreeStore.open(repository, temporary())) {
      String plan = DryRun.describe(prepared, prepared.question(trees));
      log.foreign(plan);
      return ActionResult.of("skipped", ExitCode.OK, "```text\n" + plan + "```\n");
    }
  }

  /** Without a token that may write: nothing is asked, the commit itself is examined. */
  ActionResult reportOnly() throws InterruptedException {
    Prepared prepared = prepare();
    try (TreeStore trees = TreeStore.open(repository, temporary())) {
      HeadExamined head =
          examiner(prepared, trees, Optional.empty(), Optional.empty()).examineHead();
      log.notice(
          "this run may not write to the repository: no agent was asked, no status and no comment were posted");
      return new PullRequestReports(action, event, workflow, prepared, started).reportOnly(head);
    }
  }

  private boolean mayAsk(Optional<RunLedger> ledger) {
    return switch (workflow.trigger().push()) {
      case EVERY -> true;
      case NEVER -> false;
      case FIRST -> ledger.isEmpty() || !ledger.get().past().includesThisPullRequest();
    };
  }

  private ActionResult examineHeadAlone(Examiner examiner, PullRequestReports reports)
      throws InterruptedException {
    HeadExamined head = examiner.examineHead();
    gate.settle(head(), GateVerdict.ofHeadAlone(head));
    log.notice(
        "agents are not asked on this push ('trigger.push' in the workflow file); the commit itself was examined");
    return reports.headAlone(head);
  }

  private ActionResult publish(Outcome outcome, PullRequestReports reports) {
    return switch (outcome.performed()) {
      case Performed.Anchored(String anchor) -> decided(outcome, anchor, reports);
      case Performed.Written _ -> decided(outcome, null, reports);
      case Performed.Superseded _ -> {
        gate.superseded(head());
        log.notice(
            "somebody pushed during the run; the decision is about a commit that is no longer the head");
        yield reports.superseded();
      }
      case Performed.Refused(String reason) -> {
        gate.refused(head(), reason);
        log.error("GitHub refuses to move '%s': %s".formatted(event.head().ref(), reason));
        yield reports.refused();
      }
    };
  }

  private ActionResult decided(
      Outcome outcome, @Nullable String anchor, PullRequestReports reports) {
    gate.settle(head(), outcome.gate());
    wiring.answers(state()).remove(outcome.intent().digest());
    return reports.decided(outcome, anchor, gate.comments(), log);
  }

  /** Without a ledger nothing is anchored: the documents stay on the runner. */
  private Execution execution(boolean recorded, HeadMove move) {
    return recorded
        ? new PullRequestExecution(gate.gitData(), gate.statuses(), move, action.runUrl())
        : new DirectoryExecution(state().resolve("documents"), new Disk(host.checkpoint()));
  }

  /** A log that is not whole ends the run before anybody is asked. */
  private HeadMove headMove(Optional<RunLedger> ledger) {
    Optional<HeadMove> logged =
        ledger.flatMap(
            book ->
                LogRefs.written(workflow)
                    .map(ref -> PullRequestLog.move(host, action, event, repository, ref, book)));
    return logged.orElseGet(() -> new MoveThroughApi(gate.gitData(), event.head().ref()));
  }

  private Prepared prepare() {
    wiring.isolate(Workflow.Isolation.REQUIRED, temporary());
    IntentSource.PullRequest source = new IntentSource.PullRequest(event.number(), event.author());
    Wish wish =
        Wish.choose(
            action.inputs().text(ActionInput.INTENT).orElse(null),
            Wish.ofPullRequest(event.title(), event.body(), source),
            workflow.intent());
    return Prepared.freeze(
        workflow,
        wiring,
        wiring.lanes(List.of()),
        repository.frozenTree(head()),
        wish,
        event.base().sha(),
        List.of(workflowPath));
  }

  /** What the pull request changes, for judges: from where it left its base. */
  private Optional<TreeDiff> headChange(Prepared prepared, TreeStore trees) {
    return prepared.judgesAtHand().areAsked()
        ? repository
            .mergeBase(event.base().sha(), head())
            .map(base -> trees.diff(repository.frozenTree(base).tree(), prepared.frozen().tree()))
        : Optional.empty();
  }

  private Examiner examiner(
      Prepared prepared,
      TreeStore trees,
      Optional<OtherHeads.Source> others,
      Optional<TreeDiff> headChange) {
    return wiring.examiner(
        prepared.judges(Progress.of(host)),
        headChange,
        prepared.intent(),
        prepared.workflowFiles(),
        prepared.frozen(),
        trees,
        temporary(),
        others);
  }

  private OtherHeads.Source others() {
    RemoteHeads remote =
        new RemoteHeads(
            repository,
            host.network(),
            PullRequestRun.remote(action),
            action.inputs().credential(ActionInput.GITHUB_TOKEN));
    return EarlyHeads.start(new OtherPullRequests(gate.pullRequests(), remote, event)::find);
  }

  private Bytes recording(String path) {
    String whole = Path.of(workflowPath).resolveSibling(path).normalize().toString();
    return repository
        .file(event.base().sha(), whole)
        .orElseThrow(
            () ->
                new UserException(
                    "%s: there is no such file on '%s'".formatted(whole, event.base().ref())));
  }

  private String head() {
    return event.head().sha();
  }

  private Path state() {
    return action.runnerTemp().resolve("optr");
  }

  private Path temporary() {
    return state().resolve("work");
  }
}
