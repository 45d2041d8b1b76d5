package dev.optr.report;

import dev.optr.agents.Answer;
import dev.optr.agents.Usage;
import dev.optr.evidence.Examined;
import dev.optr.evidence.ReviewCost;
import dev.optr.selection.Ranked;
import dev.optr.selection.Selection;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The decision in one line. */
final class Headline {
  private Headline() {}

  /**
   * The headline.
   *
   * @param name how an agent's name is shown on the surface
   */
  static String of(RunReport report, UnaryOperator<String> name) {
    List<Ranked> lanes = report.selection().candidates();
    if (report.mode() == Mode.REPORT_ONLY) {
      return "OPTR examined your commit: "
          + (report.head().admissible() ? "admissible" : "not admissible");
    }
    return switch (report.selection()) {
      case Selection.Selected(Ranked best, _) ->
          "OPTR selected %s: %d of %s admissible"
              .formatted(
                  name.apply(best.examined().candidate().agent()),
                  report.admissiblePaths(),
                  counted(lanes.size(), "path"));
      case Selection.NoneAdmissible _ ->
          "OPTR selected nothing: none of %s admissible".formatted(counted(lanes.size(), "path"));
      case Selection.QuorumMissed(int answered, int quorum, _) ->
          "OPTR decided nothing: %d of %s answered, the quorum is %d"
              .formatted(answered, counted(lanes.size(), "agent"), quorum);
    };
  }

  /**
   * What all lanes cost together, as proposers and as judges, and that more was paid where a price
   * is not known.
   */
  static String cost(RunReport report) {
    List<Usage> asked =
        report.selection().candidates().stream()
            .map(ranked -> ranked.examined().candidate().answer())
            .filter(answer -> !(answer instanceof Answer.NotAsked))
            .map(answer -> answer.exchange().usage())
            .toList();
    BigDecimal known = BigDecimal.ZERO;
    boolean unknown = false;
    for (Usage usage : asked) {
      BigDecimal usd = usage.usd();
      unknown |= usd == null;
      known = known.add(usd == null ? BigDecimal.ZERO : usd);
    }
    List<Examined> examined =
        report.selection().candidates().stream().map(Ranked::examined).toList();
    for (Optional<BigDecimal> review : ReviewCost.of(examined, report.head())) {
      unknown |= review.isEmpty();
      known = known.add(review.orElse(BigDecimal.ZERO));
    }
    return Quantities.usd(known) + (unknown ? " and unknown prices" : "");
  }

  private static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
