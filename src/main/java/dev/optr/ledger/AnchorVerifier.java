package dev.optr.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checks the commits that brought run and execution entries: an anchor is put upon the frozen
 * commit, carries the recorded outputs and nothing outside of {@code datalake/}, and its trailers
 * and its SSH signature are good; an executed commit has the selected tree upon the recorded head.
 *
 * <p>Everyday git is no tampering: a squash copies trailers into a commit that also changes other
 * files, a rebase puts the same files upon another commit. Neither is an anchor, and neither is
 * held to be a false one.
 */
public final class AnchorVerifier {
  private final AnchorSource source;
  private final Function<String, List<String>> logged;

  public AnchorVerifier(AnchorSource source) {
    this(source, _ -> List.of());
  }

  /**
   * @param logged anchors that the anchor log names for an entry and the clone has; where there are
   *     any, no other commit is taken for one
   */
  public AnchorVerifier(AnchorSource source, Function<String, List<String>> logged) {
    this.source = source;
    this.logged = logged;
  }

  /** The verification with what the commits of its entries add to it. */
  public Verification verify(Verification verification, LedgerPast past) {
    AnchorSignatures signatures = new AnchorSignatures(verification);
    RunAnchors runs = new RunAnchors(source, past, signatures);
    ExecutedCommits executions = new ExecutedCommits(source, signatures);
    List<Finding> findings = new ArrayList<>();
    for (Entry entry : verification.entries()) {
      switch (entry.body()) {
        case Body.Run run -> {
          findings.addAll(new FrozenInputs(source).check(entry, run));
          findings.addAll(runs.check(entry, run, commits(past, entry)));
        }
        case Body.Execution execution ->
            findings.addAll(executions.check(entry, execution, commits(past, entry)));
        case Body.Genesis _, Body.Outcome _, Body.Key _ -> {}
      }
      unknown(past, entry).ifPresent(findings::add);
    }
    return verification.with(findings);
  }

  private List<CommitFacts> commits(LedgerPast past, Entry entry) {
    List<String> named = logged.apply(entry.id());
    return (named.isEmpty() ? past.introducing(entry.id()) : named)
        .stream().map(source::commit).toList();
  }

  /** The commit that is the anchor of an entry; empty where there is none that is good. */
  public Optional<CommitFacts> anchorOf(Entry entry, Verification verification, LedgerPast past) {
    return entry.body() instanceof Body.Run run
        ? new RunAnchors(source, past, new AnchorSignatures(verification))
            .good(entry, run, commits(past, entry))
        : Optional.empty();
  }

  /** Nothing came by where the entry came in. */
  private static Optional<Finding> unknown(LedgerPast past, Entry entry) {
    boolean anchored = entry.body() instanceof Body.Run || entry.body() instanceof Body.Execution;
    if (!anchored || !past.introducing(entry.id()).isEmpty()) {
      return Optional.empty();
    }
    Code code = past.cuts().isEmpty() ? Code.W_UNANCHORED : Code.W_UNREACHABLE;
    return Optional.of(entry.finding(code, code.sentence()));
  }
}
