package dev.optr.app;

import dev.optr.ledger.Body;
import dev.optr.ledger.Entry;
import dev.optr.ledger.PullRequestRef;
import dev.optr.ledger.Verification;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The runs that a ledger tells of, as a run looks back at them.
 *
 * @param pullRequest the one that looks back; null outside of a pull request
 */
record PastRuns(Verification ledger, @Nullable PullRequestRef pullRequest) {
  /** True where there has been none. */
  boolean isEmpty() {
    return mentioning("\"decision\":").findAny().isEmpty();
  }

  /** True where this pull request has had a run before. */
  boolean includesThisPullRequest() {
    return mentioning("\"number\":" + number() + "}")
        .anyMatch(run -> run.pr() != null && number(run) == number());
  }

  /** The newest intact entry of this pull request that decided the very same input. */
  Optional<Entry> decided(String inputDigest) {
    return ledger
        .entries()
        .mentioning(inputDigest)
        .filter(entry -> entry.body() instanceof Body.Run run && decided(run, inputDigest))
        .reduce((_, newer) -> newer);
  }

  private boolean decided(Body.Run run, String inputDigest) {
    return run.decision().input().equals(inputDigest)
        && !run.decision().outcome().equals("quorum_missed")
        && number(run) == number();
  }

  private int number() {
    return pullRequest == null ? 0 : pullRequest.number();
  }

  private static int number(Body.Run run) {
    return run.pr() == null ? 0 : run.pr().number();
  }

  /** Of long ledgers only the lines that have a text in them are worth a parse. */
  private Stream<Body.Run> mentioning(String text) {
    return ledger
        .entries()
        .mentioning(text)
        .map(Entry::body)
        .filter(Body.Run.class::isInstance)
        .map(Body.Run.class::cast);
  }
}
