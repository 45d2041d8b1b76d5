package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.actions.ActionInput;
import dev.optr.actions.WorkflowCommands;
import dev.optr.agents.ProgramPolicy;
import dev.optr.base.Bytes;
import dev.optr.base.Disk;
import dev.optr.base.Secret;
import dev.optr.base.UserException;
import dev.optr.bundle.BundleHeader;
import dev.optr.bundle.BundleWriter;
import dev.optr.datalake.DataLakePaths;
import dev.optr.evidence.OtherHeads;
import dev.optr.git.GitRepository;
import dev.optr.git.RemoteHeads;
import dev.optr.git.TreeDiff;
import dev.optr.git.TreeStore;
import dev.optr.github.PullRequestEvent;
import dev.optr.github.PullRequests;
import dev.optr.intent.IntentSource;
import dev.optr.intent.Wish;
import dev.optr.ledger.Ed25519Signer;
import dev.optr.ledger.Timestamper;
import dev.optr.workflow.Workflow;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a run about a pull request is made of, whichever phase of it this job does. */
final class PullRequestIntake {
  private final Host host;
  private final ActionEnvironment action;
  private final PullRequestEvent event;
  private final GitRepository repository;
  private final Workflow workflow;
  private final String workflowPath;
  private final Wiring wiring;

  PullRequestIntake(
      Host host,
      ActionEnvironment action,
      WorkflowCommands log,
      PullRequestEvent event,
      GitRepository repository,
      Workflow workflow,
      String workflowPath) {
    this.host = host;
    this.action = action;
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
  }

  Host host() {
    return host;
  }

  ActionEnvironment action() {
    return action;
  }

  PullRequestEvent event() {
    return event;
  }

  GitRepository repository() {
    return repository;
  }

  Workflow workflow() {
    return workflow;
  }

  Wiring wiring() {
    return wiring;
  }

  /** The commit that is frozen: the pull request's head when the event came. */
  String head() {
    return event.head().sha();
  }

  Path state() {
    return action.runnerTemp().resolve("optr");
  }

  Path temporary() {
    return state().resolve("work");
  }

  /**
   * Freezes commit and wish.
   *
   * @param only these lanes; empty = all
   */
  Prepared prepare(List<String> only) {
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
        wiring.lanes(only),
        repository.frozenTree(head()),
        wish,
        event.base().sha(),
        List.of(workflowPath));
  }

  TreeStore trees() {
    return TreeStore.open(repository, temporary());
  }

  /** The ledger that the run's entry is put upon; empty where the workflow file disables it. */
  Optional<RunLedger> ledger(PullRequestLedger.Stamping stamping) {
    return workflow.ledger().enabled()
        ? Optional.of(
            new PullRequestLedger(action, event, host.clock(), stamping)
                .open(repository, RunLedger.layout(workflow)))
        : Optional.empty();
  }

  /** The same, for a phase that writes nothing. */
  Optional<PastRuns> past() {
    return workflow.ledger().enabled()
        ? Optional.of(
            new PullRequestLedger(action, event, host.clock(), _ -> Timestamper.NONE)
                .look(repository, RunLedger.layout(workflow)))
        : Optional.empty();
  }

  /** Whose work a bundle of this run is. */
  BundleHeader.Origin origin() {
    RunIdentity identity =
        new PullRequestLedger(action, event, host.clock(), _ -> Timestamper.NONE).identity();
    return new BundleHeader.Origin(
        RunLedger.tool(),
        identity.repository(),
        event.number(),
        action.runId(),
        Math.toIntExact(action.runAttempt()));
  }

  /** Reads bundles that must be of this very run. */
  ExpectedBundle expected(Prepared prepared, TreeStore trees) {
    return new ExpectedBundle(
        origin(), OptionalLong.of(action.runId()), prepared, repository, trees);
  }

  /** Writes bundles, signed where there is a key. */
  BundleWriter bundles(TreeStore trees) {
    return new BundleWriter(
        new Disk(host.checkpoint()),
        trees,
        wiring.redactor(),
        action.inputs().credential(ActionInput.SIGNING_KEY).map(Ed25519Signer::of));
  }

  /** The decision that the ledger already holds about this very input. */
  Optional<Outcome> earlier(Prepared prepared, TreeStore trees, Optional<PastRuns> past) {
    return past.flatMap(
        runs -> EarlierDecision.find(runs, repository, head(), prepared, paths(), trees));
  }

  /** Where the run's documents lie. */
  DataLakePaths paths() {
    return DataLakePaths.ofPullRequest(workflow.name(), event.number());
  }

  /**
   * @param started monotonic, in nanoseconds
   */
  PullRequestReports reports(Prepared prepared, Course taken, long started) {
    return new PullRequestReports(
        action, event, workflow, prepared, started, taken.shownIsolation());
  }

  /** Whether agents are asked about this push at all, without regard to what was decided. */
  boolean mayAsk(Optional<PastRuns> past) {
    return switch (workflow.trigger().push()) {
      case EVERY -> true;
      case NEVER -> false;
      case FIRST -> past.isEmpty() || !past.get().includesThisPullRequest();
    };
  }

  /** What the pull request changes, for judges: from where it left its base. */
  Optional<TreeDiff> headChange(Prepared prepared, TreeStore trees) {
    return prepared.judgesAtHand().areAsked()
        ? repository
            .mergeBase(event.base().sha(), head())
            .map(base -> trees.diff(repository.frozenTree(base).tree(), prepared.frozen().tree()))
        : Optional.empty();
  }

  RunPlace place(WorkflowCommands log) {
    return new RunPlace(state(), temporary(), Progress.of(host), log::warning);
  }

  /** Looks for the other open pull requests from now on, beside what else is done. */
  OtherHeads.Source others(PullRequests pullRequests) {
    RemoteHeads remote =
        new RemoteHeads(
            repository,
            host.network(),
            PullRequestRun.remote(action),
            action.inputs().credential(ActionInput.GITHUB_TOKEN));
    return EarlyHeads.start(new OtherPullRequests(pullRequests, remote, event)::find);
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
}
