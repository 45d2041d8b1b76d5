package dev.optr.app;

import dev.optr.git.CommitRange;
import dev.optr.ledger.Body;
import dev.optr.ledger.Entry;
import dev.optr.ledger.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Commits that take back what a decision brought, as {@code git revert} and GitHub's button word
 * them. A message is anybody's text; what it is believed is no more than that somebody changed his
 * mind.
 */
final class Reverts {
  private static final Pattern REVERTS =
      Pattern.compile("(?m)^This reverts commit ([0-9a-f]{40})\\b");

  /**
   * What GitHub writes into the pull request that its button makes, and into its squashed commit.
   */
  private static final Pattern REVERTS_PULL_REQUEST =
      Pattern.compile("(?m)^Reverts ([\\w.-]+/[\\w.-]+)#([1-9]\\d{0,8})\\b");

  private static final int MOST_COMMITS = 1_000;

  private final ServedLedger ledger;
  private final Verification verification;
  private final RecordedOutcomes known;

  Reverts(ServedLedger ledger, Verification verification) {
    this.ledger = ledger;
    this.verification = verification;
    this.known = RecordedOutcomes.of(verification);
  }

  /** What commits take back that lead to {@code after} and not to {@code before}. */
  List<OutcomeRecorder.Became> among(String before, String after) {
    List<OutcomeRecorder.Became> reverted = new ArrayList<>();
    for (CommitRange.Brought commit :
        new CommitRange(ledger.repository()).since(List.of(before), after, MOST_COMMITS)) {
      Matcher named = REVERTS.matcher(commit.message());
      while (named.find()) {
        decision(named.group(1)).map(entry -> became(entry, commit.id())).ifPresent(reverted::add);
      }
      Matcher numbered = REVERTS_PULL_REQUEST.matcher(commit.message());
      while (numbered.find()) {
        mergedHere(numbered.group(1), Integer.parseInt(numbered.group(2)))
            .map(entry -> became(entry, commit.id()))
            .ifPresent(reverted::add);
      }
    }
    return reverted;
  }

  private Optional<Entry> mergedHere(String repository, int pullRequest) {
    return repository.equalsIgnoreCase(ledger.id().name())
        ? known.merged(pullRequest).flatMap(entry -> verification.entries().find(entry))
        : Optional.empty();
  }

  /** The decision that came in by a commit: it was merged as that, or executed by it. */
  private Optional<Entry> decision(String commit) {
    return known
        .mergedAs(commit)
        .or(() -> executedBy(commit))
        .flatMap(entry -> verification.entries().find(entry));
  }

  private Optional<String> executedBy(String commit) {
    return ledger.repository().resolve(commit).isPresent()
        ? ExecutedHead.of(ledger.repository(), commit, verification)
            .map(Entry::body)
            .filter(Body.Execution.class::isInstance)
            .map(execution -> ((Body.Execution) execution).entry())
        : Optional.empty();
  }

  private static OutcomeRecorder.Became became(Entry entry, String commit) {
    return new OutcomeRecorder.Became(
        entry.body().pullRequest(),
        Optional.of(entry.id()),
        RecordedOutcomes.REVERTED,
        commit,
        List.of(),
        List.of());
  }
}
