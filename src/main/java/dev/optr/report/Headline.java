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
    return switch (report.standing()) {
      case Standing.Superseded _ -> "OPTR was superseded: somebody pushed during the run";
      case Standing.NotMoved _ -> "OPTR could not move the branch";
      case Standing.HeadAlone _ -> examined(report);
      case Standing.Executed _ -> decided(report, "executed", name);
      case Standing.Decided _ ->
          report.mode() == Mode.REPORT_ONLY ? examined(report) : decided(report, "selected", name);
    };
  }

  private static String examined(RunReport report) {
    return "OPTR examined your commit: "
        + (report.head().admissible() ? "admissible" : "not admissible");
  }

  private static String decided(RunReport report, String verb, UnaryOperator<String> name) {
    List<Ranked> lanes = report.selection().candidates();
    return switch (report.selection()) {
      case Selection.Selected(Ranked best, _) ->
          "OPTR %s %s: %d of %s admissible"
              .formatted(
                  verb,
                  name.apply(best.examined().candidate().agent()),
                  report.admissiblePaths(),
                  counted(lanes.size(), "path"));
      case Selection.NoneAdmissible _ when !lanes.isEmpty() && allDeclined(lanes) ->
          "OPTR selected nothing: %s declined"
              .formatted(lanes.size() == 1 ? "the agent" : "all " + lanes.size() + " agents");
      case Selection.NoneAdmissible _ ->
          "OPTR selected nothing: none of %s admissible".formatted(counted(lanes.size(), "path"));
      case Selection.QuorumMissed(int answered, int quorum, _) ->
          "OPTR decided nothing: %d of %s answered, the quorum is %d"
              .formatted(answered, counted(lanes.size(), "agent"), quorum);
    };
  }

  private static boolean allDeclined(List<Ranked> lanes) {
    return lanes.stream()
        .allMatch(lane -> lane.examined().candidate().answer() instanceof Answer.Declined);
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
