package dev.optr.app;

import dev.optr.actions.ActionInput;
import dev.optr.execution.Authority;
import dev.optr.execution.Executed;
import dev.optr.execution.ExecutedPlan;
import dev.optr.execution.GitHubExecution;
import dev.optr.execution.Refusal;
import dev.optr.execution.SelectedPath;
import dev.optr.git.GitRepository;
import dev.optr.git.RemoteHeads;
import dev.optr.ledger.Ed25519Signer;
import dev.optr.ledger.EntrySignature;
import dev.optr.ledger.LedgerAppender;
import dev.optr.ledger.LedgerVerifier;
import dev.optr.ledger.Signer;
import dev.optr.ledger.Timestamper;
import dev.optr.ledger.Trust;
import dev.optr.ledger.Verification;
import dev.optr.ledger.VerifyOptions;
import dev.optr.workflow.Workflow;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Executes the newest decision about a pull request, at GitHub. */
final class PullRequestExecutor {
  private final PullRequestIntake intake;
  private final Gate gate;
  private final Consumer<String> warnings;
  private final Optional<Signer> signer;

  /**
   * @param gate whose status goes to the executed commit before the branch moves
   * @param warnings takes a sentence where no time stamp is to be had
   */
  PullRequestExecutor(PullRequestIntake intake, Gate gate, Consumer<String> warnings) {
    this.intake = intake;
    this.gate = gate;
    this.warnings = warnings;
    this.signer =
        intake.action().inputs().credential(ActionInput.SIGNING_KEY).map(Ed25519Signer::of);
  }

  /**
   * On the pull request's head as the event tells it: {@code /optr execute}.
   *
   * @param agentAsked empty = the selected one
   */
  Executed execute(Optional<String> agentAsked) {
    return execute(intake.head(), agentAsked);
  }

  /**
   * On a commit that the branch was just moved to: {@code execute: auto}. It is fetched where it is
   * not here yet.
   */
  Executed execute(String head, Optional<String> agentAsked) {
    if (intake.event().isFork()) {
      return new Executed.Refused(
          Refusal.NOT_PERMITTED, "the branch is in a fork, where nothing may be pushed to");
    }
    GitRepository repository = intake.repository();
    if (repository.resolve(head).isEmpty()) {
      remote().fetchCommits(List.of(head));
    }
    if (intake.workflow().anchor() == Workflow.Anchor.SIDE_BRANCH) {
      // Fetched, so that the ledger is verified together with what that branch holds now.
      SideBranch.Content _ = side().content();
    }
    Verification ledger = verified(head);
    Authority authority =
        new ExecutionAuthority(intake.temporary())
            .of(
                repository,
                head,
                ledger,
                Math.toIntExact(intake.event().number()),
                intake.workflow(),
                agentAsked);
    return switch (authority) {
      case Authority.Refused(Refusal why, String message) -> new Executed.Refused(why, message);
      case Authority.Granted(SelectedPath path) ->
          isVouchedFor(ledger, path.entry()) ? perform(path) : unvouched(path.entry());
    };
  }

  /** The ledger of the branch; its genesis is the pinned one, or the base commit's. */
  private Verification verified(String head) {
    VerifyOptions options =
        VerifyOptions.standard()
            .allowingTofu()
            .withPinnedGenesis(intake.action().inputs().text(ActionInput.GENESIS).orElse(null))
            .withBaseGenesis(
                LedgerVerifier.genesisOf(
                        RunLedger.at(intake.repository(), intake.event().base().sha()))
                    .orElse(null));
    return RepositoryVerification.of(
            intake.repository(), head, signer.isPresent() ? options.requiringSignatures() : options)
        .verify(_ -> List.of());
  }

  /**
   * Where the ledger began on this very branch, its keys may be anybody's: ours must have signed.
   */
  private boolean isVouchedFor(Verification ledger, String entry) {
    if (ledger.trust() != Trust.TOFU) {
      return true;
    }
    String own = signer.map(key -> key.publicKey().fingerprint()).orElse("");
    return ledger.entries().find(entry).stream()
        .flatMap(it -> it.signatures().stream())
        .map(EntrySignature::key)
        .anyMatch(own::equals);
  }

  private static Executed unvouched(String entry) {
    return new Executed.Refused(
        Refusal.UNSIGNED,
        "entry %s is not signed by this run's key, and its ledger is not on the base branch yet"
            .formatted(entry));
  }

  private Executed perform(SelectedPath path) {
    ExecutedPlan plan =
        new ExecutionPlanner(intake.repository(), ledger(path.head()), intake.host().clock())
            .execute(path);
    return new GitHubExecution(intake.headBranch(gate.github().gitData()), gate.status())
        .perform(plan);
  }

  private ExecutionLedger ledger(String head) {
    Timestamper timestamper =
        Timestampers.of(intake.host(), intake.workflow().ledger(), signer.isPresent(), warnings);
    return new ExecutionLedger(
        new LedgerAppender(
            new LedgerVerifier(),
            RunLedger.layout(intake.workflow()),
            signer,
            intake.action().inputs().text(ActionInput.GENESIS),
            timestamper),
        RunLedger.at(intake.repository(), head),
        intake.workflow().anchor() == Workflow.Anchor.SIDE_BRANCH
            ? Optional.of(side().content().files())
            : Optional.empty(),
        RunLedger.at(intake.repository(), intake.event().base().sha()),
        new PullRequestLedger(
                intake.action(), intake.event(), intake.host().clock(), _ -> timestamper)
            .identity());
  }

  private SideBranch side() {
    return SideBranch.served(intake.host(), intake.action(), intake.repository());
  }

  private RemoteHeads remote() {
    return FetchedRepository.remote(intake.host(), intake.action(), intake.repository());
  }
}
