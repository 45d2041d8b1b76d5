package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.actions.ActionInput;
import dev.optr.git.GitRepository;
import dev.optr.github.PullRequestEvent;
import dev.optr.ledger.AppendResult;
import dev.optr.ledger.Container;
import dev.optr.ledger.Ed25519Signer;
import dev.optr.ledger.Layout;
import dev.optr.ledger.LedgerAppender;
import dev.optr.ledger.LedgerEvent;
import dev.optr.ledger.LedgerVerifier;
import dev.optr.ledger.Receipt;
import dev.optr.ledger.RepositoryId;
import dev.optr.ledger.Signer;
import dev.optr.ledger.Verification;
import dev.optr.ledger.WorkflowRun;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The ledger of the repository that the Action runs for, about no pull request in particular: the
 * default branch together with the side branch. What is written goes to the side branch.
 */
final class ServedLedger {
  private final Host host;
  private final ActionEnvironment action;
  private final PullRequestEvent.Repository about;
  private final FetchedRepository fetched;

  ServedLedger(
      Host host,
      ActionEnvironment action,
      PullRequestEvent.Repository about,
      FetchedRepository fetched) {
    this.host = host;
    this.action = action;
    this.about = about;
    this.fetched = fetched;
  }

  /** Whole name of the default branch at the server. */
  static String defaultRef(PullRequestEvent.Repository about) {
    return "refs/heads/" + about.defaultBranch();
  }

  GitRepository repository() {
    return fetched.repository();
  }

  /** The commit that the default branch is on. */
  Optional<String> defaultTip() {
    return fetched.tip(defaultRef(about));
  }

  /** Ledger files of the default branch. */
  List<Container> atDefault() {
    return defaultTip().map(tip -> RunLedger.at(repository(), tip)).orElse(List.of());
  }

  SideBranch side() {
    return SideBranch.served(host, action, repository());
  }

  /** Both branches as one. */
  List<Container> known() {
    return RunLedger.joined(SideBranch.fetched(repository()).files(), atDefault());
  }

  /**
   * What files hold, where they are intact.
   *
   * @throws LedgerBrokenException where they are not
   */
  Verification verified(List<Container> files) {
    Verification found = look(files);
    if (!found.findings().isEmpty()) {
      throw LedgerBrokenException.of(found.findings());
    }
    return found;
  }

  /** What is to be said of files, whatever it is. */
  Verification look(List<Container> files) {
    return appender(Optional.empty()).look(files, trusted(), id(), about.createdAt(), null);
  }

  /**
   * Files with one more entry.
   *
   * @throws LedgerBrokenException where they are not intact, or would not be
   * @throws dev.optr.base.UserException where the ledger is signed and no key is at hand
   */
  List<Container> with(List<Container> files, LedgerEvent event) {
    Optional<Signer> signer =
        action.inputs().credential(ActionInput.SIGNING_KEY).map(Ed25519Signer::of);
    AppendResult result = appender(signer).append(files, trusted(), event, host.clock().instant());
    return switch (result) {
      case Receipt receipt ->
          Stream.concat(
                  files.stream().filter(file -> !file.path().equals(receipt.containerPath())),
                  Stream.of(receipt.container()))
              .toList();
      case AppendResult.Refused(Verification verification) ->
          throw LedgerBrokenException.of(verification.findings());
    };
  }

  private LedgerAppender appender(Optional<Signer> signer) {
    return new LedgerAppender(
        new LedgerVerifier(), Layout.PER_PR, signer, action.inputs().text(ActionInput.GENESIS));
  }

  /** The files whose genesis counts: a default branch without any leaves it to the side branch. */
  private List<Container> trusted() {
    List<Container> atDefault = atDefault();
    return atDefault.isEmpty() ? SideBranch.fetched(repository()).files() : atDefault;
  }

  RepositoryId id() {
    return new RepositoryId(action.serverUrl().getHost(), about.id(), about.fullName());
  }

  /** This very run. */
  WorkflowRun run() {
    return new WorkflowRun(
        action.runId(),
        Math.toIntExact(action.runAttempt()),
        action.eventName(),
        action.workflowPath(),
        action.actor());
  }
}
