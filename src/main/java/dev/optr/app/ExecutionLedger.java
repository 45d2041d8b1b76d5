package dev.optr.app;

import dev.optr.ledger.AppendResult;
import dev.optr.ledger.Container;
import dev.optr.ledger.LedgerAppender;
import dev.optr.ledger.LedgerEvent;
import dev.optr.ledger.Receipt;
import dev.optr.ledger.Verification;
import java.time.Instant;
import java.util.List;

/**
 * The ledger that an execution is put upon.
 *
 * @param atHead ledger files of the commit that the line is put upon
 * @param atBase those of the base commit, whose genesis counts; none outside of a pull request
 */
record ExecutionLedger(
    LedgerAppender appender, List<Container> atHead, List<Container> atBase, RunIdentity identity) {
  ExecutionLedger {
    atHead = List.copyOf(atHead);
    atBase = List.copyOf(atBase);
  }

  /**
   * @throws LedgerBrokenException where the ledger is not intact, or would not be with the entry
   * @throws dev.optr.base.UserException where key, pin and ledger do not go together
   */
  Receipt append(LedgerEvent event, Instant now) {
    return switch (appender.append(atHead, atBase, event, now)) {
      case Receipt receipt -> receipt;
      case AppendResult.Refused(Verification verification) ->
          throw LedgerBrokenException.of(verification.findings());
    };
  }
}
