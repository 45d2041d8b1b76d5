package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.actions.ActionInput;
import dev.optr.base.Secret;
import dev.optr.execution.HeadMove;
import dev.optr.execution.MoveWithLog;
import dev.optr.git.AtomicPush;
import dev.optr.git.CommitSigner;
import dev.optr.git.GitRepository;
import dev.optr.git.RemoteHeads;
import dev.optr.github.PullRequestEvent;
import dev.optr.ledger.Ed25519Signer;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** The anchor log of a pull request: read from where it is served, written back there. */
final class PullRequestLog {
  private PullRequestLog() {}

  /**
   * Fetches the log.
   *
   * @param ref whole name of the ref that it stands on
   * @throws LedgerBrokenException where the log is not whole
   */
  static HeadMove move(
      Host host,
      ActionEnvironment action,
      PullRequestEvent event,
      GitRepository repository,
      String ref,
      RunLedger ledger) {
    URI remote = FetchedRepository.url(action);
    Optional<Secret> token = action.inputs().credential(ActionInput.GITHUB_TOKEN);
    RemoteHeads heads = new RemoteHeads(repository, host.network(), remote, token);
    Map<String, String> _ = heads.fetch(Map.of(ref, ref));
    RunLog log = new RunLog(host, repository, ref, signer(action));
    Optional<String> tip = log.requireWhole(ref);
    return new MoveWithLog(
        heads,
        new AtomicPush(repository, host.network(), remote, token),
        log.writer(event.head().sha(), ledger),
        RunLog.attempts(),
        new MoveWithLog.Target(event.head().ref(), ref, Math.toIntExact(event.number()), tip));
  }

  private static Optional<CommitSigner> signer(ActionEnvironment action) {
    return LocalLedger.commitSigner(
        action.inputs().credential(ActionInput.SIGNING_KEY).map(Ed25519Signer::of));
  }
}
