package dev.optr.app;

import dev.optr.base.UserException;
import dev.optr.execution.Authority;
import dev.optr.execution.Executed;
import dev.optr.execution.ExecutedPlan;
import dev.optr.execution.LocalExecutedMove;
import dev.optr.execution.Refusal;
import dev.optr.execution.SelectedPath;
import dev.optr.git.Change;
import dev.optr.git.GitRepository;
import dev.optr.git.LocalBranch;
import dev.optr.git.TreeResult;
import dev.optr.git.TreeStore;
import dev.optr.ledger.AnchorMessage;
import dev.optr.ledger.Body;
import dev.optr.ledger.Entry;
import dev.optr.ledger.LedgerAppender;
import dev.optr.ledger.LedgerVerifier;
import dev.optr.ledger.PullRequestRef;
import dev.optr.ledger.Signer;
import dev.optr.ledger.Verification;
import dev.optr.ledger.VerifyOptions;
import dev.optr.workflow.Workflow;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Executes, and takes back, on the branch that is checked out in a repository of this machine. */
final class ExecutionHere {
  private final Host host;
  private final Request request;
  private final Optional<Signer> signer;

  /**
   * @param repository a directory in the repository
   * @param workflow null = the default places in the work tree
   * @param agent whose path must be the selected one; empty = anybody's
   * @param genesis the pinned id
   * @param allowTofu a genesis that nothing vouches for is good enough
   */
  record Request(
      Path repository,
      @Nullable Path workflow,
      Optional<String> agent,
      Optional<String> genesis,
      boolean allowTofu) {}

  ExecutionHere(Host host, Request request) {
    this.host = host;
    this.request = request;
    this.signer = LocalLedger.signer(Credentials.ofVariables(host.environment()));
  }

  ExecutionResult execute() throws InterruptedException {
    try (GitRepository repository = GitRepository.open(request.repository(), host.checkpoint());
        RunLock _ = RunLock.take(LocalRun.state(repository), Progress.of(host))) {
      Branch branch = branch(repository);
      Verification ledger = verified(repository, branch.head());
      Workflow policy =
          LocalWorkflow.find(repository.workTree().orElseThrow(), request.workflow()).read();
      Optional<PullRequestRef> pr = pullRequest(repository, branch.head(), ledger);
      Authority authority =
          new ExecutionAuthority(host.temporary())
              .of(
                  repository,
                  branch.head(),
                  ledger,
                  pr.map(PullRequestRef::number).orElse(null),
                  policy,
                  request.agent());
      return switch (authority) {
        case Authority.Refused(Refusal why, String message) ->
            ExecutionResult.refused(branch.head(), why, message, exit(why, ledger));
        case Authority.Granted(SelectedPath path) ->
            perform(repository, branch, path, policy, pr.orElse(null));
      };
    }
  }

  private record Branch(String name, String head) {}

  private static Branch branch(GitRepository repository) {
    String name =
        repository
            .currentBranch()
            .orElseThrow(() -> new UserException("HEAD is detached; check out a branch"));
    new LocalBranch(repository).requireReady(name);
    return new Branch(
        name,
        repository
            .resolve("HEAD")
            .orElseThrow(() -> new UserException("HEAD names no commit; run 'optr run' first")));
  }

  private Verification verified(GitRepository repository, String head) {
    VerifyOptions options =
        VerifyOptions.standard().withPinnedGenesis(request.genesis().orElse(null));
    options = request.allowTofu() ? options.allowingTofu() : options;
    return VerifyCommand.verify(
        repository, head, signer.isPresent() ? options.requiringSignatures() : options);
  }

  /**
   * The pull request of the decision that HEAD says it is the anchor of; what HEAD says is a hint
   * that only chooses whose decisions are looked at.
   */
  private static Optional<PullRequestRef> pullRequest(
      GitRepository repository, String head, Verification ledger) {
    return AnchorMessage.entry(repository.message(head))
        .flatMap(ledger.entries()::find)
        .flatMap(entry -> Optional.ofNullable(entry.body().pullRequest()));
  }

  /** A broken ledger or datalake is what {@code optr verify} says it is. */
  private static ExitCode exit(Refusal why, Verification ledger) {
    return switch (why) {
      case NOT_INTACT, UNSIGNED, TREE_DIFFERS ->
          ledger.result() == Verification.Result.UNDECIDED ? ExitCode.UNDECIDED : ExitCode.TAMPERED;
      case HEAD_MOVED,
          NOT_NEWEST,
          AMBIGUOUS,
          POLICY_CHANGED,
          NOT_SELECTED,
          ALREADY_EXECUTED,
          NOTHING_SELECTED,
          NOT_PERMITTED,
          NEVER ->
          ExitCode.NONE_ADMISSIBLE;
    };
  }

  private ExecutionResult perform(
      GitRepository repository,
      Branch branch,
      SelectedPath path,
      Workflow policy,
      @Nullable PullRequestRef pr)
      throws InterruptedException {
    ExecutedPlan plan =
        new ExecutionPlanner(repository, ledger(repository, path.head(), policy, pr), host.clock())
            .execute(path);
    return ExecutionResult.of(move(repository, branch, plan), plan, "executed", path.tree());
  }

  /** Takes back the execution that HEAD is. */
  ExecutionResult undo() throws InterruptedException {
    try (GitRepository repository = GitRepository.open(request.repository(), host.checkpoint());
        RunLock _ = RunLock.take(LocalRun.state(repository), Progress.of(host))) {
      Branch branch = branch(repository);
      Verification ledger = verified(repository, branch.head());
      Optional<ExitCode> unsound =
          Optional.of(VerifyReport.exit(ledger)).filter(exit -> exit != ExitCode.OK);
      if (unsound.isPresent()) {
        return ExecutionResult.refused(
            branch.head(),
            Refusal.NOT_INTACT,
            "the ledger is not intact, or nothing vouches for it: 'optr verify' says why",
            unsound.get());
      }
      Optional<Entry> execution = ExecutedHead.of(repository, branch.head(), ledger);
      return execution.isPresent()
          ? undo(repository, branch, execution.get(), ledger)
          : ExecutionResult.refused(
              branch.head(),
              Refusal.HEAD_MOVED,
              "%s is no executed commit; what came after one is yours to revert"
                  .formatted(branch.head()),
              ExitCode.NONE_ADMISSIBLE);
    }
  }

  private ExecutionResult undo(
      GitRepository repository, Branch branch, Entry entry, Verification ledger)
      throws InterruptedException {
    if (!(entry.body() instanceof Body.Execution execution)) {
      throw new IllegalArgumentException("no execution entry");
    }
    Workflow policy =
        LocalWorkflow.find(repository.workTree().orElseThrow(), request.workflow()).read();
    String before = repository.treeWithoutDatalake(execution.head());
    String agent =
        ledger
            .entries()
            .find(execution.entry())
            .map(run -> String.valueOf(ExecutableEntries.run(run).decision().selected()))
            .orElse("");
    ExecutedPlan plan =
        new ExecutionPlanner(
                repository, ledger(repository, branch.head(), policy, execution.pr()), host.clock())
            .revert(
                branch.head(),
                execution.entry(),
                agent,
                before,
                changes(repository, execution.tree(), before));
    return ExecutionResult.of(move(repository, branch, plan), plan, "reverted", before);
  }

  private List<Change> changes(GitRepository repository, String from, String to) {
    try (TreeStore trees = TreeStore.open(repository, host.temporary())) {
      return switch (trees.changes(from, to)) {
        case TreeResult.Applied applied -> applied.changes();
        case TreeResult.Rejected(List<String> errors) -> throw new UserException(errors);
      };
    }
  }

  private Executed move(GitRepository repository, Branch branch, ExecutedPlan plan)
      throws InterruptedException {
    return new LocalExecutedMove(
            repository, branch.name(), host.clock(), LocalLedger.commitSigner(signer))
        .perform(plan);
  }

  private ExecutionLedger ledger(
      GitRepository repository, String head, Workflow policy, @Nullable PullRequestRef pr) {
    Progress progress = Progress.of(host);
    return new ExecutionLedger(
        new LedgerAppender(
            new LedgerVerifier(),
            RunLedger.layout(policy),
            signer,
            request.genesis(),
            Timestampers.of(
                host,
                policy.ledger(),
                signer.isPresent(),
                warning -> progress.say("warning: " + warning))),
        RunLedger.at(repository, head),
        policy.anchor() == Workflow.Anchor.SIDE_BRANCH
            ? Optional.of(
                SideBranch.here(host, repository, LocalLedger.commitSigner(signer))
                    .content()
                    .files())
            : Optional.empty(),
        List.of(),
        LocalLedger.identity(host, repository, pr));
  }
}
