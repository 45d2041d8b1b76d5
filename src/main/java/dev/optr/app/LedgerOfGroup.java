package dev.optr.app;

import dev.optr.actions.ActionInput;
import dev.optr.ledger.Container;
import dev.optr.ledger.Layout;
import dev.optr.ledger.LedgerAppender;
import dev.optr.ledger.LedgerVerifier;
import dev.optr.ledger.RepositoryId;
import dev.optr.ledger.Verification;
import dev.optr.ledger.VerifyOptions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ledger that a merge group would bring to its branch. */
final class LedgerOfGroup {
  private final PullRequestIntake intake;

  LedgerOfGroup(PullRequestIntake intake) {
    this.intake = intake;
  }

  /**
   * @throws LedgerBrokenException where it is not intact, with its history and its anchors, or
   *     where somebody edited what runs had written
   */
  void require() {
    List<Container> atHead = RunLedger.at(intake.repository(), intake.head());
    List<Container> atBase = RunLedger.at(intake.repository(), intake.subject().base());
    if (atHead.isEmpty() && atBase.isEmpty()) {
      return;
    }
    Optional<String> pin = intake.action().inputs().text(ActionInput.GENESIS);
    Verification files = files(atHead, atBase, pin);
    requireIntact(files);
    intake.decisions().requireUntouched(files);
    @Nullable String genesis = files.genesis();
    VerifyOptions options =
        VerifyOptions.standard().withPinnedGenesis(pin.orElse(null)).withBaseGenesis(genesis);
    requireIntact(
        RepositoryVerification.of(intake.repository(), intake.head(), options)
            .verify(_ -> List.of()));
  }

  /** By their lines alone, which also says which genesis counts. */
  private Verification files(List<Container> atHead, List<Container> atBase, Optional<String> pin) {
    RepositoryId repository = intake.origin().repository();
    return new LedgerAppender(new LedgerVerifier(), Layout.PER_PR, Optional.empty(), pin)
        .look(atHead, atBase, repository, null, null);
  }

  private static void requireIntact(Verification verification) {
    if (!verification.findings().isEmpty()) {
      throw LedgerBrokenException.of(verification.findings());
    }
  }
}
