package dev.optr.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * The append-only rule: no commit has fewer entries than a parent of it, and the main file only
 * grows at its end. A line that went and is back is a warning. Where the clone ends before history
 * does, nothing can be said of what came before.
 */
public final class HistoryVerifier {
  /** The verification with what history adds to it. */
  public Verification verify(Verification verification, LedgerPast past) {
    List<Finding> findings = new ArrayList<>();
    past.losses().forEach(loss -> findings.add(gone(past, loss)));
    past.moves().forEach(move -> findings.add(moved(past, move)));
    Verification checked = verification.with(findings);
    return past.cuts().isEmpty()
        ? checked
        : checked.undecided(past.cuts().stream().map(HistoryVerifier::cut).toList());
  }

  private static Finding gone(LedgerPast past, LedgerPast.Loss loss) {
    boolean back = past.isAtTip(loss.place().entry());
    return finding(
        past,
        back ? Code.W_RESTORED : Code.E_NOT_PREFIX,
        loss.commit(),
        loss.place(),
        back ? "the commit takes the line away; it is back" : "the commit takes the line away");
  }

  private static Finding moved(LedgerPast past, LedgerPast.Move move) {
    return finding(
        past,
        Code.E_NOT_PREFIX,
        move.commit(),
        move.place(),
        "the commit changes or moves lines from this one on instead of adding at the end");
  }

  private static Finding finding(
      LedgerPast past, Code code, String commit, LedgerDifference.Place place, String message) {
    return new Finding(
        code,
        place.path(),
        place.line(),
        past.id(place.entry()),
        past.pullRequest(place.entry()),
        commit,
        message);
  }

  private static Finding cut(String commit) {
    return new Finding(
        Code.W_UNREACHABLE,
        null,
        null,
        null,
        null,
        commit,
        "the clone is shallow and ends here, so nobody can tell what came before;"
            + " run 'git fetch --unshallow'");
  }
}
