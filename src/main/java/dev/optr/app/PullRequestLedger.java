package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.actions.ActionInput;
import dev.optr.git.GitRepository;
import dev.optr.github.PullRequestEvent;
import dev.optr.ledger.Ed25519Signer;
import dev.optr.ledger.Layout;
import dev.optr.ledger.LedgerAppender;
import dev.optr.ledger.LedgerVerifier;
import dev.optr.ledger.PullRequestRef;
import dev.optr.ledger.RepositoryId;
import dev.optr.ledger.Signer;
import dev.optr.ledger.Timestamper;
import dev.optr.ledger.Verification;
import dev.optr.ledger.WorkflowRun;
import java.time.InstantSource;
import java.util.Optional;

/** The ledger of a pull request: lines go upon its head, trust comes from its base. */
final class PullRequestLedger {
  private final ActionEnvironment action;
  private final PullRequestEvent event;
  private final InstantSource clock;
  private final Stamping stamping;

  PullRequestLedger(
      ActionEnvironment action, PullRequestEvent event, InstantSource clock, Stamping stamping) {
    this.action = action;
    this.event = event;
    this.clock = clock;
    this.stamping = stamping;
  }

  /** Who attests times, once it is known whether entries are signed. */
  @FunctionalInterface
  interface Stamping {
    Timestamper where(boolean signed);
  }

  RunLedger open(GitRepository repository, Layout layout) {
    Optional<Signer> signer =
        action.inputs().credential(ActionInput.SIGNING_KEY).map(Ed25519Signer::of);
    return new RunLedger(
        appender(layout, signer, stamping.where(signer.isPresent())),
        RunLedger.at(repository, event.head().sha()),
        RunLedger.at(repository, event.base().sha()),
        RunLedger.archivedAt(repository, event.head().sha()),
        identity(),
        clock);
  }

  /**
   * The runs that it tells of, for a phase that appends nothing and holds no key.
   *
   * @throws LedgerBrokenException where it is not intact
   */
  PastRuns look(GitRepository repository, Layout layout) {
    RunIdentity identity = identity();
    Verification found =
        appender(layout, Optional.empty(), Timestamper.NONE)
            .look(
                RunLedger.at(repository, event.head().sha()),
                RunLedger.at(repository, event.base().sha()),
                identity.repository(),
                identity.repositoryCreatedAt(),
                identity.pullRequest());
    if (!found.findings().isEmpty()) {
      throw LedgerBrokenException.of(found.findings());
    }
    return new PastRuns(found, identity.pullRequest());
  }

  private LedgerAppender appender(Layout layout, Optional<Signer> signer, Timestamper timestamper) {
    return new LedgerAppender(
        new LedgerVerifier(),
        layout,
        signer,
        action.inputs().text(ActionInput.GENESIS),
        timestamper);
  }

  /** Who runs here. */
  RunIdentity identity() {
    PullRequestEvent.Repository repository = event.repository();
    return new RunIdentity(
        new RepositoryId(action.serverUrl().getHost(), repository.id(), repository.fullName()),
        repository.createdAt(),
        new PullRequestRef(
            Math.toIntExact(event.number()),
            event.base().ref(),
            event.base().sha(),
            event.head().sha()),
        new WorkflowRun(
            action.runId(),
            Math.toIntExact(action.runAttempt()),
            action.eventName(),
            action.workflowPath(),
            action.actor()));
  }
}
