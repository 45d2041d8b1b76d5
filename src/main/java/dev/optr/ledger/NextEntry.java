package dev.optr.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What can be wrong with an entry that is put upon all heads of a verified ledger. Its parents,
 * height, time and ledger are right by how it was made, and its form was read back; what is left is
 * what it says. The rules are those of {@link LinkRules}, for one entry.
 */
final class NextEntry {
  private final VerifiedLedger before;
  private final Entry entry;

  NextEntry(VerifiedLedger before, Entry entry) {
    this.before = before;
    this.entry = entry;
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    Act.of(entry.body())
        .flatMap(before::find)
        .map(first -> LinkRules.equivocation(entry, first.id()))
        .ifPresent(findings::add);
    switch (entry.body()) {
      case Body.Execution execution -> execution(execution).ifPresent(findings::add);
      case Body.Outcome outcome ->
          before
              .find(outcome.entry())
              .filter(subject -> !(subject.body() instanceof Body.Run))
              .map(_ -> LinkRules.noRun(entry))
              .ifPresent(findings::add);
      case Body.Genesis _, Body.Run _, Body.Key _ -> {}
    }
    return List.copyOf(findings);
  }

  /** Every entry that is there is an ancestor of one that stands upon all heads. */
  private Optional<Finding> execution(Body.Execution execution) {
    Optional<Body.Run> run =
        before
            .find(execution.entry())
            .map(Entry::body)
            .filter(Body.Run.class::isInstance)
            .map(Body.Run.class::cast);
    if (run.isEmpty()) {
      return Optional.of(LinkRules.noRun(entry));
    }
    String selected = String.valueOf(run.get().decision().tree());
    return execution.tree().equals(selected)
        ? Optional.empty()
        : Optional.of(LinkRules.otherTree(entry, execution.tree(), selected));
  }
}
