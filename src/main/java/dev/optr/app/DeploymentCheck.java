package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.actions.ActionInput;
import dev.optr.actions.WorkflowCommands;
import dev.optr.base.UserException;
import dev.optr.git.GitRepository;
import dev.optr.github.GitHubConnection;
import dev.optr.ledger.LedgerVerifier;
import dev.optr.ledger.Verification;
import dev.optr.ledger.VerifyOptions;
import java.util.List;
import java.util.Optional;

/**
 * Phase verify: whether the commit that a job is about to deploy may be deployed. Asks nobody,
 * writes nothing, and needs a token that reads.
 */
final class DeploymentCheck {
  private final Host host;
  private final ActionEnvironment action;
  private final WorkflowCommands log;
  private final GitHubConnection github;

  DeploymentCheck(
      Host host, ActionEnvironment action, WorkflowCommands log, GitHubConnection github) {
    this.host = host;
    this.action = action;
    this.log = log;
    this.github = github;
  }

  ActionResult run() {
    String trusted = "refs/heads/" + github.repositories().get().defaultBranch();
    List<String> refs = List.of(trusted, action.ref());
    try (FetchedRepository fetched = FetchedRepository.of(host, action, refs)) {
      if (fetched.repository().resolve(action.sha()).isEmpty()) {
        throw new UserException(
            "%s is not on '%s', so it cannot be looked at; start the job on the branch or tag that has it"
                .formatted(action.sha(), action.ref()));
      }
      return check(fetched.repository(), fetched.tip(trusted));
    }
  }

  private ActionResult check(GitRepository repository, Optional<String> trusted) {
    Verification ledger = verified(repository, trusted);
    if (!ledger.findings().isEmpty()) {
      throw LedgerBrokenException.of(ledger.findings());
    }
    Deployable found =
        ledger.result() == Verification.Result.OK
            ? new DeployableCommit(repository, action.runnerTemp().resolve("optr/work"))
                .check(action.sha(), action.sha(), ledger)
            : new Deployable.Unknown(action.sha(), undecided(ledger));
    return told(found);
  }

  /** The ledger of the commit; the default branch's says which genesis counts. */
  private Verification verified(GitRepository repository, Optional<String> trusted) {
    VerifyOptions options =
        VerifyOptions.standard()
            .withPinnedGenesis(action.inputs().text(ActionInput.GENESIS).orElse(null))
            .withBaseGenesis(
                trusted
                    .flatMap(tip -> LedgerVerifier.genesisOf(RunLedger.at(repository, tip)))
                    .orElse(null));
    return RepositoryVerification.of(repository, action.sha(), options).verify(_ -> List.of());
  }

  private static String undecided(Verification ledger) {
    return ledger.genesis() == null
        ? "there is no ledger at this commit"
        : "the ledger could not be verified; the log of 'optr verify' says why";
  }

  private ActionResult told(Deployable found) {
    String message = found.commit() + ": " + found.reason();
    return switch (found) {
      case Deployable.Yes _ -> {
        log.notice(message);
        yield result("deployable", found, message);
      }
      case Deployable.No _ -> {
        log.error("not deployable: " + message);
        yield result("not_deployable", found, message);
      }
      case Deployable.Unknown _ -> {
        log.error("not known to be deployable: " + message);
        yield result("undecided", found, message);
      }
    };
  }

  private static ActionResult result(String outcome, Deployable found, String message) {
    ActionResult result = ActionResult.of(outcome, found.exit(), message + "\n");
    return found instanceof Deployable.Yes yes ? result.with("ledger-entry", yes.entry()) : result;
  }
}
