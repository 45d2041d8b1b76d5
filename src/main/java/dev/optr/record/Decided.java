package dev.optr.record;

import dev.optr.datalake.Candidate;
import dev.optr.ledger.Decision;
import dev.optr.selection.Ranked;
import dev.optr.selection.Selection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** What the ledger is told of a selection. */
final class Decided {
  private Decided() {}

  static Decision of(RunFacts facts) {
    Selection selection = facts.selection();
    @Nullable Ranked best = selection.selected().orElse(null);
    return new Decision(
        facts.intent().digest(),
        selection.candidates().stream()
            .map(Decided::lane)
            .sorted(Comparator.comparing(Decision.Lane::agent))
            .toList(),
        selection.outcome(),
        facts.intent().policy(),
        best == null ? null : best.examined().candidate().agent(),
        facts.decidedBy().selector(),
        best == null ? null : best.examined().candidate().tree());
  }

  private static Decision.Lane lane(Ranked ranked) {
    Candidate candidate = ranked.examined().candidate();
    return new Decision.Lane(candidate.agent(), candidate.answer().outcome(), candidate.tree());
  }
}
