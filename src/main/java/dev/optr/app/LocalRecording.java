package dev.optr.app;

import dev.optr.base.UserException;
import dev.optr.execution.Execution;
import dev.optr.execution.LocalAnchorLog;
import dev.optr.execution.LocalExecution;
import dev.optr.execution.WorkTreeExecution;
import dev.optr.git.GitRepository;
import dev.optr.git.LocalBranch;
import dev.optr.ledger.Signer;
import dev.optr.workflow.Workflow;
import java.util.Optional;

/** Where a run on a repository of this machine puts what it decides: ledger, log and anchor. */
final class LocalRecording {
  private final Host host;
  private final LocalRun.Request request;
  private final GitRepository repository;
  private final Prepared prepared;
  private final Progress progress;
  private final Optional<Signer> signer;
  private final Optional<SideBranch> side;
  private final Optional<RunLedger> ledger;
  private final Optional<LocalAnchorLog> log;

  private LocalRecording(
      Host host,
      LocalRun.Request request,
      GitRepository repository,
      Prepared prepared,
      Progress progress) {
    this.host = host;
    this.request = request;
    this.repository = repository;
    this.prepared = prepared;
    this.progress = progress;
    this.signer = LocalLedger.signer(Credentials.ofVariables(host.environment()));
    this.side =
        prepared.workflow().anchor() == Workflow.Anchor.SIDE_BRANCH
            ? Optional.of(SideBranch.here(host, repository, LocalLedger.commitSigner(signer)))
            : Optional.empty();
    this.ledger = openLedger();
    this.log = ledger.flatMap(this::openLog);
  }

  /**
   * Verifies what is there before anybody is asked.
   *
   * @throws LedgerBrokenException where it is not intact
   * @throws UserException where key, pin and ledger do not go together
   */
  static LocalRecording open(
      Host host,
      LocalRun.Request request,
      GitRepository repository,
      Prepared prepared,
      Progress progress) {
    return new LocalRecording(host, request, repository, prepared, progress);
  }

  /** The ledger that the run's entry is put upon; empty where none is recorded. */
  Optional<RunLedger> ledger() {
    return ledger;
  }

  private boolean commits() {
    return request.commit() && prepared.workflow().anchor() != Workflow.Anchor.NONE;
  }

  private Optional<RunLedger> openLedger() {
    String commit = prepared.intent().commit();
    Optional<SideBranch.Content> content = side.map(SideBranch::content);
    boolean recorded = prepared.workflow().ledger().enabled();
    if (!commits() && signer.isEmpty() && LocalLedger.isSigned(repository, commit, content)) {
      progress.say(
          "the ledger is signed and no key was given: without a commit no entry is recorded");
      recorded = false;
    }
    return recorded
        ? Optional.of(
            LocalLedger.open(
                host,
                repository,
                commit,
                content,
                RunLedger.layout(prepared.workflow()),
                signer,
                Optional.ofNullable(request.genesis()),
                Timestampers.of(
                    host,
                    prepared.workflow().ledger(),
                    signer.isPresent(),
                    warning -> progress.say("warning: " + warning))))
        : Optional.empty();
  }

  private Optional<LocalAnchorLog> openLog(RunLedger book) {
    return LogRefs.written(prepared.workflow())
        .map(
            ref ->
                new RunLog(host, repository, ref, LocalLedger.commitSigner(signer))
                    .local(prepared.intent().commit(), book));
  }

  /** What performs the decision. */
  Execution execution() {
    LocalBranch local = new LocalBranch(repository);
    if (!commits() || ledger.isEmpty()) {
      return new WorkTreeExecution(local);
    }
    if (side.isPresent()) {
      return side.get().execution(prepared.intent().commit());
    }
    String branch =
        repository
            .currentBranch()
            .orElseThrow(
                () ->
                    new UserException("HEAD is detached; check out a branch, or add --no-commit"));
    local.requireReady(branch);
    return new LocalExecution(
        repository, branch, host.clock(), LocalLedger.commitSigner(signer), log);
  }
}
