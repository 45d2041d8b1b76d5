package dev.optr.app;

import dev.optr.git.GitRepository;
import dev.optr.ledger.Body;
import dev.optr.ledger.Entry;
import dev.optr.ledger.PullRequestRef;
import dev.optr.ledger.Verification;
import java.time.Instant;
import java.util.Comparator;
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

  /** The agent whose path a commit executes; empty where it is no executed commit. */
  Optional<String> executedBy(GitRepository repository, String commit) {
    return ExecutedHead.of(repository, commit, ledger)
        .map(Entry::body)
        .map(body -> body instanceof Body.Execution execution ? execution.entry() : "")
        .flatMap(ledger.entries()::find)
        .map(Entry::body)
        .map(body -> body instanceof Body.Run run ? run.decision().selected() : null);
  }

  /** True where this pull request has had a run before. */
  boolean includesThisPullRequest() {
    return ofThisPullRequest().findAny().isPresent();
  }

  /** Those of this pull request. */
  Stream<Body.Run> ofThisPullRequest() {
    return mentioning("\"number\":" + number() + "}")
        .filter(run -> run.pr() != null && number(run) == number());
  }

  /** How many this pull request has had since a moment. */
  long since(Instant moment) {
    return ofThisPullRequest().filter(run -> !run.common().time().isBefore(moment)).count();
  }

  /** The newest intact entry of this pull request that decided the very same input. */
  Optional<Entry> decided(String inputDigest) {
    return ledger
        .entries()
        .mentioning(inputDigest)
        .filter(entry -> entry.body() instanceof Body.Run run && decided(run, inputDigest))
        .reduce((_, newer) -> newer);
  }

  /** The newest entry of this pull request: the one of greatest height. */
  Optional<Entry> newest() {
    return ledger
        .entries()
        .mentioning("\"decision\":")
        .filter(entry -> entry.body() instanceof Body.Run run && number(run) == number())
        .max(Comparator.comparingLong(entry -> entry.body().common().height()));
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
