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
import dev.optr.execution.GitHubLedgerBranch;
import dev.optr.git.GitRepository;
import dev.optr.git.RemoteHeads;
import dev.optr.git.TreeDiff;
import dev.optr.git.TreeStore;
import dev.optr.github.GitData;
import dev.optr.github.PullRequestEvent;
import dev.optr.github.PullRequests;
import dev.optr.ledger.Ed25519Signer;
import dev.optr.ledger.RepositoryId;
import dev.optr.workflow.Workflow;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a run about a pull request is made of, whichever phase of it this job does. */
final class PullRequestIntake {
  private final Host host;
  private final ActionEnvironment action;
  private final Subject subject;
  private final FetchedRepository fetched;
  private final Workflow workflow;
  private final String workflowPath;
  private final Wiring wiring;

  PullRequestIntake(
      Host host,
      ActionEnvironment action,
      WorkflowCommands log,
      Subject subject,
      FetchedRepository fetched,
      Workflow workflow,
      String workflowPath) {
    this.host = host;
    this.action = action;
    this.subject = subject;
    this.fetched = fetched;
    this.workflow = workflow;
    this.workflowPath = workflowPath;
    Credentials credentials = Credentials.ofInputs(action.inputs(), host.environment());
    credentials.all(workflow).forEach((Secret secret) -> log.mask(secret));
    GitHubPlace place = GitHubPlace.of(action, isFork());
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

  Subject subject() {
    return subject;
  }

  /** The pull request, where the run is about one. */
  PullRequestEvent event() {
    return pullRequest()
        .map(Subject.OfPullRequest::event)
        .orElseThrow(() -> new IllegalStateException("this run is about no pull request"));
  }

  /** Empty for a merge group. */
  Optional<Subject.OfPullRequest> pullRequest() {
    return switch (subject) {
      case Subject.OfPullRequest pullRequest -> Optional.of(pullRequest);
      case Subject.OfMergeGroup _ -> Optional.empty();
    };
  }

  boolean isFork() {
    return pullRequest()
        .map(Subject.OfPullRequest::event)
        .filter(PullRequestEvent::isFork)
        .isPresent();
  }

  GitRepository repository() {
    return fetched.repository();
  }

  FetchedRepository fetched() {
    return fetched;
  }

  Workflow workflow() {
    return workflow;
  }

  Wiring wiring() {
    return wiring;
  }

  /** The commit that is frozen: the pull request's head when the event came. */
  String head() {
    return subject.head();
  }

  /**
   * The commit that GitHub says the run's jobs are of: a run that no push started is of the default
   * branch, or of the one that it was started on.
   */
  String jobsCommit() {
    return switch (occasion()) {
      case Occasion.Push _, Occasion.Label _ -> head();
      case Occasion.Comment _, Occasion.Retry _, Occasion.Dispatch _ -> action.sha();
    };
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
    return Prepared.freeze(
        workflow,
        wiring,
        wiring.lanes(only),
        repository().frozenTree(head()),
        EventWish.choose(subject, workflow, action.inputs().text(ActionInput.INTENT)),
        subject.base(),
        List.of(workflowPath));
  }

  TreeStore trees() {
    return TreeStore.open(repository(), temporary());
  }

  /** What the ledger has about the pull request. */
  PullRequestDecisions decisions() {
    return new PullRequestDecisions(this);
  }

  /** Where the run's anchor goes. To a fork's branch nothing may be pushed. */
  Workflow.Anchor anchor() {
    return isFork() && workflow.anchor() == Workflow.Anchor.PULL_REQUEST
        ? Workflow.Anchor.SIDE_BRANCH
        : workflow.anchor();
  }

  /** The pull request's branch. */
  GitHubLedgerBranch headBranch(GitData gitData) {
    return SideBranch.branch(
        host, action, repository(), gitData, event().head().ref(), "refs/optr/head");
  }

  SideBranch sideBranch() {
    return SideBranch.served(host, action, repository());
  }

  /** Whose work a bundle of this run is. */
  BundleHeader.Origin origin() {
    return new BundleHeader.Origin(
        RunLedger.tool(),
        new RepositoryId(action.serverUrl().getHost(), action.repositoryId(), action.repository()),
        pullRequest().map(it -> it.event().number()).orElse(null),
        action.runId(),
        Math.toIntExact(action.runAttempt()));
  }

  /** Reads bundles that must be of this very run. */
  ExpectedBundle expected(Prepared prepared, TreeStore trees) {
    return new ExpectedBundle(
        origin(), OptionalLong.of(action.runId()), prepared, repository(), trees);
  }

  /** Writes bundles, signed where there is a key. */
  BundleWriter bundles(TreeStore trees) {
    return new BundleWriter(
        new Disk(host.checkpoint()),
        trees,
        wiring.redactor(),
        action.inputs().credential(ActionInput.SIGNING_KEY).map(Ed25519Signer::of));
  }

  /** Where the run's documents lie. */
  DataLakePaths paths() {
    return pullRequest()
        .map(it -> DataLakePaths.ofPullRequest(workflow.name(), it.event().number()))
        .orElseGet(() -> DataLakePaths.of(workflow.name()));
  }

  /** What a reader should know of the rules that applied. */
  List<String> notices() {
    boolean same =
        repository()
            .file(subject.head(), workflowPath)
            .equals(repository().file(subject.base(), workflowPath));
    return same
        ? List.of()
        : List.of(
            "this pull request changes %s; the one of '%s' applied, and the change takes effect after the merge"
                .formatted(workflowPath, subject.baseBranch()));
  }

  /**
   * @param started monotonic, in nanoseconds
   */
  PullRequestReports reports(Prepared prepared, Course taken, long started) {
    return new PullRequestReports(this, prepared, started, taken.shownIsolation());
  }

  /** A group of a merge queue is pushed by the queue. */
  Occasion occasion() {
    return pullRequest().map(Subject.OfPullRequest::occasion).orElseGet(Occasion.Push::new);
  }

  /** What the pull request changes, for judges: from where it left its base. */
  Optional<TreeDiff> headChange(Prepared prepared, TreeStore trees) {
    return prepared.judgesAtHand().areAsked()
        ? repository()
            .mergeBase(subject.base(), head())
            .map(base -> trees.diff(repository().frozenTree(base).tree(), prepared.frozen().tree()))
        : Optional.empty();
  }

  RunPlace place(WorkflowCommands log) {
    return new RunPlace(state(), temporary(), Progress.of(host), log::warning);
  }

  /** Looks for the other open pull requests from now on, beside what else is done. */
  OtherHeads.Source others(PullRequests pullRequests) {
    RemoteHeads remote = FetchedRepository.remote(host, action, repository());
    return EarlyHeads.start(new OtherPullRequests(pullRequests, remote, event())::find);
  }

  private Bytes recording(String path) {
    String whole = Path.of(workflowPath).resolveSibling(path).normalize().toString();
    return repository()
        .file(subject.base(), whole)
        .orElseThrow(
            () ->
                new UserException(
                    "%s: there is no such file on '%s'".formatted(whole, subject.baseBranch())));
  }
}
