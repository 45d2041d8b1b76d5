package dev.optr.app;

import dev.optr.ledger.Body;
import dev.optr.ledger.Decision;
import dev.optr.ledger.Entry;
import dev.optr.ledger.PullRequestRef;
import dev.optr.ledger.Verification;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The intact entries of a ledger that are about one pull request, or about none. */
record ExecutableEntries(Verification ledger, @Nullable Integer pullRequest) {
  /** The run entries that no other one is higher than: one, none, or several that are ambiguous. */
  List<Entry> newest() {
    long highest = runs().mapToLong(ExecutableEntries::height).max().orElse(-1);
    return runs().filter(entry -> height(entry) == highest).toList();
  }

  /** All run entries, parents before children. */
  Stream<Entry> runs() {
    return ledger
        .entries()
        .mentioning("\"decision\":")
        .filter(entry -> entry.body() instanceof Body.Run run && isOfThis(run));
  }

  /** The entry that says that a run entry was executed. */
  static Optional<Entry> execution(Verification ledger, String runEntry) {
    return ledger
        .entries()
        .mentioning(runEntry)
        .filter(entry -> entry.body() instanceof Body.Execution it && it.entry().equals(runEntry))
        .findFirst();
  }

  static Body.Run run(Entry entry) {
    if (entry.body() instanceof Body.Run run) {
      return run;
    }
    throw new IllegalArgumentException("no run entry");
  }

  /** Names of the agents that had a part in a run. */
  static Set<String> lanes(Body.Run run) {
    return run.decision().lanes().stream()
        .map(Decision.Lane::agent)
        .collect(Collectors.toUnmodifiableSet());
  }

  private boolean isOfThis(Body.Run run) {
    return Objects.equals(number(run.pr()), pullRequest);
  }

  static @Nullable Integer number(@Nullable PullRequestRef pr) {
    return pr == null ? null : Integer.valueOf(pr.number());
  }

  private static long height(Entry entry) {
    return entry.body().common().height();
  }
}
