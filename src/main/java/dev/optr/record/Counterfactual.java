package dev.optr.record;

import dev.optr.evidence.Check;
import dev.optr.evidence.Examined;
import dev.optr.evidence.WhyNot;
import dev.optr.selection.Ranked;
import dev.optr.selection.Score;
import dev.optr.selection.Selection;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What would have to change for a candidate that did not win to win. */
public sealed interface Counterfactual {
  /**
   * It is admissible, and its objective would have to be smaller.
   *
   * @param hours by how much; 0 where the tie-break decided
   */
  record SmallerObjective(BigDecimal hours) implements Counterfactual {}

  /**
   * It is not admissible: these rules would have to hold, and then its objective would count.
   *
   * @param rules ids, each once, in the order in which they were examined
   */
  record RulesHold(List<String> rules) implements Counterfactual {
    public RulesHold {
      rules = List.copyOf(rules);
    }
  }

  /** It is admissible, and more agents would have had to answer. */
  record QuorumReached() implements Counterfactual {}

  /** Empty for the selected path, whoever proposed it, and for a lane that proposed nothing. */
  static Optional<Counterfactual> of(Selection selection, Ranked ranked) {
    Examined examined = ranked.examined();
    if (!examined.candidate().answer().outcome().equals("proposed")) {
      return Optional.empty();
    }
    if (!examined.admissible()) {
      return Optional.of(new RulesHold(failedRules(examined)));
    }
    return switch (selection) {
      case Selection.QuorumMissed _ -> Optional.of(new QuorumReached());
      case Selection.NoneAdmissible _ -> Optional.empty();
      case Selection.Selected(Ranked best, _) ->
          isSamePath(best, ranked) ? Optional.empty() : gap(ranked.score(), best.score());
    };
  }

  private static Optional<Counterfactual> gap(@Nullable Score own, @Nullable Score best) {
    return own == null || best == null
        ? Optional.empty()
        : Optional.of(new SmallerObjective(own.objective().subtract(best.objective())));
  }

  private static List<String> failedRules(Examined examined) {
    Stream<String> denied = examined.whyNot().stream().map(WhyNot::rule);
    Stream<String> notHeld =
        examined.checks().stream().filter(check -> !check.held()).map(Check::id);
    return Stream.concat(denied, notHeld).distinct().toList();
  }

  private static boolean isSamePath(Ranked one, Ranked other) {
    return Objects.equals(one.examined().candidate().tree(), other.examined().candidate().tree());
  }
}
