package dev.optr.selection;

import dev.optr.agents.Answer;
import dev.optr.base.JsonObject;
import dev.optr.evidence.Examined;
import dev.optr.workflow.Workflow;
import java.util.List;

/**
 * {@code select_optr}: the admissible path with the smallest objective, or none
 * (docs/selection.md). What an agent says of itself, its name and the order of lanes enter no
 * computation; where several agents reached the selected tree, the first by name is the selected
 * one.
 */
public final class SelectOptr implements Selector {
  private static final String NAME = "select_optr";
  private static final String VERSION = "2";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String version() {
    return VERSION;
  }

  @Override
  public JsonObject parameters() {
    return Parameters.PUBLISHED.toJson();
  }

  @Override
  public Selection select(Workflow policy, List<Examined> examined) {
    Ranking ranking = Ranking.of(policy.optr().weights(), examined);
    int answered = (int) examined.stream().filter(SelectOptr::answered).count();
    if (answered < policy.quorum()) {
      return new Selection.QuorumMissed(answered, policy.quorum(), ranking.withoutRanks());
    }
    return ranking
        .best()
        .<Selection>map(best -> new Selection.Selected(best, ranking.candidates()))
        .orElseGet(() -> new Selection.NoneAdmissible(ranking.candidates()));
  }

  private static boolean answered(Examined examined) {
    return switch (examined.candidate().answer()) {
      case Answer.Proposed _, Answer.Declined _ -> true;
      case Answer.Failed _, Answer.NotAsked _ -> false;
    };
  }
}
