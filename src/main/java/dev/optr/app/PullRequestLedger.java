package dev.optr.app;

import static java.util.stream.Collectors.toSet;

import dev.optr.actions.ActionEnvironment;
import dev.optr.actions.ActionInput;
import dev.optr.base.UserException;
import dev.optr.git.GitRepository;
import dev.optr.github.PullRequestEvent;
import dev.optr.ledger.Container;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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

  /**
   * The ledger that an entry is put upon.
   *
   * @param side what that branch holds; empty where the anchor goes upon the head
   */
  RunLedger open(GitRepository repository, Layout layout, Optional<SideBranch.Content> side) {
    Optional<Signer> signer =
        action.inputs().credential(ActionInput.SIGNING_KEY).map(Ed25519Signer::of);
    return new RunLedger(
        appender(layout, signer, stamping.where(signer.isPresent())),
        atHead(repository, side),
        side.map(SideBranch.Content::files),
        atBase(repository, side),
        RunLedger.archivedAt(repository, event.head().sha()),
        identity(),
        clock);
  }

  /**
   * The runs that it tells of, for a phase that appends nothing and holds no key.
   *
   * @param side as in {@link #open}
   * @throws LedgerBrokenException where it is not intact
   */
  PastRuns look(GitRepository repository, Layout layout, Optional<SideBranch.Content> side) {
    RunIdentity identity = identity();
    Verification found =
        appender(layout, Optional.empty(), Timestamper.NONE)
            .look(
                RunLedger.joined(
                    atHead(repository, side),
                    side.map(SideBranch.Content::files).orElse(List.of())),
                atBase(repository, side),
                identity.repository(),
                identity.repositoryCreatedAt(),
                identity.pullRequest());
    if (!found.findings().isEmpty()) {
      throw LedgerBrokenException.of(found.findings());
    }
    return new PastRuns(found, identity.pullRequest());
  }

  /**
   * What the head holds. Of a stranger's head nothing is taken, so that it must hold nothing of its
   * own.
   */
  private List<Container> atHead(GitRepository repository, Optional<SideBranch.Content> side) {
    List<Container> head = RunLedger.at(repository, event.head().sha());
    if (side.isPresent() && event.isFork()) {
      List<Container> known =
          RunLedger.joined(RunLedger.at(repository, event.base().sha()), side.get().files());
      requireNothingNew(head, known);
    }
    return head;
  }

  private static void requireNothingNew(List<Container> head, List<Container> known) {
    Set<String> lines = known.stream().flatMap(PullRequestLedger::lines).collect(toSet());
    for (Container file : head) {
      if (lines(file).anyMatch(line -> !lines.contains(line))) {
        throw new UserException(
            "%s: the fork's head has ledger lines that this repository does not; take them out, ledger lines of a fork are never taken over"
                .formatted(file.path()));
      }
    }
  }

  private static Stream<String> lines(Container file) {
    return file.bytes().utf8().lines();
  }

  /** A base branch without a ledger leaves it to the side branch to say which one counts. */
  private List<Container> atBase(GitRepository repository, Optional<SideBranch.Content> side) {
    List<Container> base = RunLedger.at(repository, event.base().sha());
    return base.isEmpty() ? side.map(SideBranch.Content::files).orElse(base) : base;
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
