package dev.optr.app;

import dev.optr.ledger.AppendResult;
import dev.optr.ledger.Container;
import dev.optr.ledger.LedgerAppender;
import dev.optr.ledger.LedgerEvent;
import dev.optr.ledger.Receipt;
import dev.optr.ledger.Verification;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The ledger that an execution is put upon.
 *
 * @param atHead ledger files of the commit that the line is put upon
 * @param atSide those of the side branch; empty where anchors do not go there
 * @param atBase those of the base commit, whose genesis counts; none outside of a pull request
 */
record ExecutionLedger(
    LedgerAppender appender,
    List<Container> atHead,
    Optional<List<Container>> atSide,
    List<Container> atBase,
    RunIdentity identity) {
  ExecutionLedger {
    atHead = List.copyOf(atHead);
    atSide = atSide.map(List::copyOf);
    atBase = List.copyOf(atBase);
  }

  /**
   * @throws LedgerBrokenException where the ledger is not intact, or would not be with the entry
   * @throws dev.optr.base.UserException where key, pin and ledger do not go together
   */
  Receipt append(LedgerEvent event, Instant now) {
    List<Container> files = atSide.map(side -> RunLedger.joined(atHead, side)).orElse(atHead);
    return switch (appender.append(files, atBase, event, now)) {
      // The commit holds less than the ledger, and its trailers tell of what it holds.
      case Receipt receipt -> atSide.isPresent() ? receipt.at(atHead) : receipt;
      case AppendResult.Refused(Verification verification) ->
          throw LedgerBrokenException.of(verification.findings());
    };
  }
}
