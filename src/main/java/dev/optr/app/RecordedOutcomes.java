package dev.optr.app;

import dev.optr.ledger.Body;
import dev.optr.ledger.Entry;
import dev.optr.ledger.Verification;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The newest decision about each pull request, and what is recorded to have become of it. */
final class RecordedOutcomes {
  static final String MERGED = "merged";
  static final String CLOSED = "closed";
  static final String REVERTED = "reverted";

  private static final Comparator<Entry> BY_AGE =
      Comparator.comparingLong((Entry entry) -> entry.body().common().height())
          .thenComparing(Entry::id);

  private final Map<Integer, Entry> newest = new HashMap<>();
  private final Map<String, Set<String>> results = new HashMap<>();
  private final Map<String, String> mergedAs = new HashMap<>();
  private final Map<Integer, String> merged = new HashMap<>();

  private RecordedOutcomes() {}

  /**
   * @param ledger verified; nothing is found about it
   */
  static RecordedOutcomes of(Verification ledger) {
    RecordedOutcomes outcomes = new RecordedOutcomes();
    for (Entry entry : ledger.entries()) {
      outcomes.read(entry);
    }
    return outcomes;
  }

  private void read(Entry entry) {
    switch (entry.body()) {
      case Body.Run run -> {
        if (run.pr() != null) {
          newest.merge(
              run.pr().number(),
              entry,
              (one, other) -> BY_AGE.compare(one, other) < 0 ? other : one);
        }
      }
      case Body.Outcome outcome -> {
        results.computeIfAbsent(outcome.entry(), _ -> new HashSet<>()).add(outcome.result());
        if (outcome.result().equals(MERGED)) {
          merged(outcome);
        }
      }
      case Body.Genesis _, Body.Execution _, Body.Key _ -> {}
    }
  }

  private void merged(Body.Outcome outcome) {
    if (outcome.commit() != null) {
      mergedAs.put(outcome.commit(), outcome.entry());
    }
    if (outcome.pr() != null) {
      merged.put(outcome.pr().number(), outcome.entry());
    }
  }

  /** The newest decision about a pull request. */
  Optional<Entry> newest(int pullRequest) {
    return Optional.ofNullable(newest.get(pullRequest));
  }

  /** Pull requests whose newest decision nothing is recorded of, the newest number first. */
  List<Integer> undecided() {
    return newest.entrySet().stream()
        .filter(pullRequest -> results(pullRequest.getValue().id()).isEmpty())
        .map(Map.Entry::getKey)
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  /** Id of the run entry that came to the default branch by a commit. */
  Optional<String> mergedAs(String commit) {
    return Optional.ofNullable(mergedAs.get(commit));
  }

  /** Id of the run entry that came to the default branch with a pull request. */
  Optional<String> merged(int pullRequest) {
    return Optional.ofNullable(merged.get(pullRequest));
  }

  /**
   * Whether a result tells something new of a decision. A pull request that was closed may be
   * opened again and merged; whatever was merged is not closed any more.
   */
  boolean isNew(String entry, String result) {
    Set<String> known = results(entry);
    return switch (result) {
      case CLOSED -> known.isEmpty();
      case MERGED -> !known.contains(MERGED) && !known.contains(REVERTED);
      default -> !known.contains(result);
    };
  }

  private Set<String> results(String entry) {
    return results.getOrDefault(entry, Set.of());
  }
}
