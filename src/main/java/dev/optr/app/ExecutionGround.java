package dev.optr.app;

import dev.optr.execution.Authority;
import dev.optr.execution.Refusal;
import dev.optr.git.GitRepository;
import dev.optr.ledger.AnchorVerifier;
import dev.optr.ledger.Body;
import dev.optr.ledger.CommitFacts;
import dev.optr.ledger.Entry;
import dev.optr.ledger.LedgerPast;
import dev.optr.ledger.Verification;
import dev.optr.workflow.Workflow;
import java.util.Optional;

/** Whether a branch still stands where the newest decision has left it. */
final class ExecutionGround {
  private final String head;
  private final Verification ledger;
  private final Workflow policy;
  private final AnchorVerifier anchors;
  private final LedgerPast past;

  ExecutionGround(GitRepository repository, String head, Verification ledger, Workflow policy) {
    this.head = head;
    this.ledger = ledger;
    this.policy = policy;
    VerifiedState state = VerifiedState.of(repository, head);
    String genesis = String.valueOf(ledger.genesis());
    CloneLogs logs = CloneLogs.of(repository);
    this.anchors = new AnchorVerifier(new GitAnchors(repository), logs::anchorsOf);
    try (GitHistory history = new GitHistory(repository, state)) {
      this.past = logs.past(state, genesis, LedgerPast.read(history, genesis));
    }
  }

  /** The commit that is the anchor of an entry which nothing is refused about. */
  String anchor(Entry entry) {
    return good(entry).map(CommitFacts::id).orElseThrow();
  }

  /** Empty where the branch stands on the entry's anchor, or on its frozen commit. */
  Optional<Authority> refusal(Entry entry) {
    Optional<CommitFacts> anchor = good(entry);
    if (ExecutableEntries.execution(ledger, entry.id()).isPresent()) {
      return refused(
          Refusal.ALREADY_EXECUTED,
          "entry %s was executed before; only a new decision can be executed"
              .formatted(entry.id()));
    }
    if (anchor.isEmpty()) {
      return refused(
          Refusal.NOT_INTACT, "the anchor of entry %s is not here".formatted(entry.id()));
    }
    if (head.equals(anchor.get().id()) || isFrozenAndStays(anchor.get())) {
      return Optional.empty();
    }
    return isOlderAnchor(entry)
        ? refused(
            Refusal.NOT_NEWEST,
            "%s is the anchor of an older decision; the newest is entry %s"
                .formatted(head, entry.id()))
        : refused(
            Refusal.HEAD_MOVED,
            "the branch is on %s, but entry %s was decided about %s; run again"
                .formatted(head, entry.id(), anchor.get().id()));
  }

  /** Where the anchor does not move the branch, that is where it was when the run began. */
  private boolean isFrozenAndStays(CommitFacts anchor) {
    return policy.anchor() == Workflow.Anchor.SIDE_BRANCH
        && anchor.parents().stream().limit(1).anyMatch(head::equals);
  }

  private boolean isOlderAnchor(Entry newest) {
    Body.Run run = ExecutableEntries.run(newest);
    return new ExecutableEntries(ledger, ExecutableEntries.number(run.pr()))
        .runs()
        .filter(entry -> !entry.id().equals(newest.id()))
        .anyMatch(entry -> good(entry).map(CommitFacts::id).filter(head::equals).isPresent());
  }

  private Optional<CommitFacts> good(Entry entry) {
    return anchors.anchorOf(entry, ledger, past);
  }

  private static Optional<Authority> refused(Refusal why, String message) {
    return Optional.of(new Authority.Refused(why, message));
  }
}
