package dev.optr.app;

import dev.optr.execution.LedgerBranch;
import dev.optr.execution.LedgerBranchWriter;
import dev.optr.execution.LedgerWritten;
import dev.optr.ledger.Container;
import dev.optr.ledger.LedgerFold;
import dev.optr.ledger.Verification;
import java.util.List;

/**
 * Folds the files of pull requests that came to the default branch into the main file there. Where
 * nobody may push there, the side branch gets the fold.
 */
final class DefaultBranchFold {
  private static final String MESSAGE = "Fold the ledger\n";

  private final ServedLedger ledger;
  private final LedgerBranch defaultBranch;

  DefaultBranchFold(ServedLedger ledger, LedgerBranch defaultBranch) {
    this.ledger = ledger;
    this.defaultBranch = defaultBranch;
  }

  /** How it went. */
  sealed interface Result {
    /** There is no file of a pull request, or none that can be folded. */
    record NothingToFold() implements Result {}

    record Folded(String commit) implements Result {}

    /**
     * @param reason why the default branch was not written
     * @param news false where the side branch had all of it before
     */
    record OnSideBranch(String reason, boolean news) implements Result {}

    record Refused(String reason) implements Result {}
  }

  /**
   * @throws LedgerBrokenException where the ledger is not intact; then nothing is written
   */
  Result fold() throws InterruptedException {
    if (!hasShards(ledger.atDefault())) {
      return new Result.NothingToFold();
    }
    LedgerWritten written =
        new LedgerBranchWriter(
                defaultBranch, at -> RunLedger.at(ledger.repository(), at), RunLog.attempts())
            .write(this::folded, List.of(), MESSAGE);
    return switch (written) {
      case LedgerWritten.Moved(String commit) -> new Result.Folded(commit);
      case LedgerWritten.Unchanged _ -> new Result.NothingToFold();
      case LedgerWritten.Refused(String reason) -> onSideBranch(reason);
    };
  }

  private static boolean hasShards(List<Container> files) {
    return files.stream().anyMatch(file -> !file.path().equals(Container.MAIN));
  }

  private Result onSideBranch(String reason) throws InterruptedException {
    LedgerWritten written =
        ledger
            .side()
            .writer()
            .write(
                there -> folded(RunLedger.joined(there, ledger.atDefault())), List.of(), MESSAGE);
    return switch (written) {
      case LedgerWritten.Moved _ -> new Result.OnSideBranch(reason, true);
      case LedgerWritten.Unchanged _ -> new Result.OnSideBranch(reason, false);
      case LedgerWritten.Refused(String again) -> new Result.Refused(reason + "; " + again);
    };
  }

  /**
   * Verified before and after; files whose fold would not be intact stay apart, as where somebody
   * wrote to the main file upon a line that was in another one.
   */
  private List<Container> folded(List<Container> files) {
    Verification _ = ledger.verified(files);
    List<Container> after = List.of(LedgerFold.of(files).main());
    return hasShards(files) && ledger.look(after).findings().isEmpty() ? after : files;
  }
}
