package dev.optr.ledger;

import java.util.List;
import java.util.Optional;

/**
 * What a run may say once in each attempt.
 *
 * @param subject what it is about: input and policy of a decision, or the run entry
 */
record Act(EntryType type, long run, int attempt, List<String> subject) {
  Act {
    subject = List.copyOf(subject);
  }

  /** Empty for entries that no run makes. */
  static Optional<Act> of(Body body) {
    return switch (body) {
      case Body.Run run ->
          Optional.of(
              new Act(
                  EntryType.RUN,
                  run.run().id(),
                  run.run().attempt(),
                  List.of(run.decision().input(), run.decision().policy())));
      case Body.Execution execution ->
          Optional.of(
              new Act(
                  EntryType.EXECUTION,
                  execution.run().id(),
                  execution.run().attempt(),
                  List.of(execution.entry())));
      case Body.Outcome outcome ->
          Optional.of(
              new Act(
                  EntryType.OUTCOME,
                  outcome.run().id(),
                  outcome.run().attempt(),
                  List.of(outcome.entry())));
      case Body.Genesis _, Body.Key _ -> Optional.empty();
    };
  }

  /** Equal for equal acts, and nearly always different for others. */
  long fingerprint() {
    long[] first = EntryId.words(subject.getFirst());
    return fingerprint(type, run, attempt, first, EntryId.words(subject.getLast()));
  }

  /** The same, of a scanned line. */
  static long fingerprint(ScannedLine line) {
    boolean decides = line.type == EntryType.RUN;
    return fingerprint(
        line.type,
        line.runId,
        line.attempt,
        decides ? line.input : line.subject,
        decides ? line.policy : line.subject);
  }

  private static long fingerprint(
      EntryType type, long run, int attempt, long[] first, long[] last) {
    long mixed = mix(mix(run, type.code()), attempt);
    for (int i = 0; i < EntryId.WORDS; i++) {
      mixed = mix(mix(mixed, first[i]), last[i]);
    }
    return mixed;
  }

  /** The finaliser of SplitMix64 over the sum; whoever makes two collide gains nothing by it. */
  private static long mix(long mixed, long next) {
    long sum = mixed * 31 + next + 0x9e3779b97f4a7c15L;
    sum = (sum ^ (sum >>> 30)) * 0xbf58476d1ce4e5b9L;
    sum = (sum ^ (sum >>> 27)) * 0x94d049bb133111ebL;
    return sum ^ (sum >>> 31);
  }
}
