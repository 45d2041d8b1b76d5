package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.actions.WorkflowCommands;
import dev.optr.git.GitRepository;
import dev.optr.github.PullRequestEvent;
import dev.optr.github.ReadOnlyTokenException;
import dev.optr.ledger.Container;
import dev.optr.ledger.PullRequestRef;
import java.util.List;
import java.util.Optional;

/**
 * A {@code pull_request} that was closed: what became of its newest decision is recorded on the
 * side branch, which takes the ledger lines of its branch along.
 */
final class ClosedRun {
  private final Host host;
  private final ActionEnvironment action;
  private final WorkflowCommands log;
  private final PullRequestEvent event;

  ClosedRun(Host host, ActionEnvironment action, WorkflowCommands log, PullRequestEvent event) {
    this.host = host;
    this.action = action;
    this.log = log;
    this.event = event;
  }

  ActionResult run() throws InterruptedException {
    if (event.isFork() || event.isFromDependabot()) {
      log.notice(
          "a stranger's pull request was closed, and this run may not write; a run on 'schedule' records it");
      return ActionResult.skipped();
    }
    List<String> wanted =
        List.of(
            ServedLedger.defaultRef(event.repository()),
            "refs/heads/" + event.base().ref(),
            headRef(event.number()));
    try (FetchedRepository fetched = FetchedRepository.of(host, action, wanted)) {
      return record(
          new ServedLedger(host, action, event.repository(), fetched), fetched.repository());
    }
  }

  static String headRef(long number) {
    return "refs/pull/" + number + "/head";
  }

  private ActionResult record(ServedLedger ledger, GitRepository repository)
      throws InterruptedException {
    OutcomeRecorder.Became became = became(event, ledger, repository);
    try {
      return OutcomeReport.of(new OutcomeRecorder(ledger).record(List.of(became)), log);
    } catch (ReadOnlyTokenException e) {
      log.notice(
          "the token may not write, so nothing was recorded ('contents: write' lets it): "
              + e.getMessage());
      return ActionResult.skipped();
    }
  }

  /** What became of a pull request that is closed, as it was when that happened. */
  static OutcomeRecorder.Became became(
      PullRequestEvent closed, ServedLedger ledger, GitRepository repository) {
    String head = closed.head().sha();
    boolean ours = !closed.isFork() && repository.resolve(head).isPresent();
    List<Container> files = ours ? RunLedger.at(repository, head) : List.of();
    boolean kept =
        files.isEmpty()
            || ledger.defaultTip().filter(tip -> repository.isAncestor(head, tip)).isPresent();
    return new OutcomeRecorder.Became(
        new PullRequestRef(
            Math.toIntExact(closed.number()), closed.base().ref(), closed.base().sha(), head),
        Optional.empty(),
        closed.merged() ? RecordedOutcomes.MERGED : RecordedOutcomes.CLOSED,
        closed.mergeCommit(),
        files,
        kept ? List.of() : List.of(head));
  }
}
