package dev.optr.record;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.datalake.Candidate;
import dev.optr.selection.Ranked;
import dev.optr.selection.Selection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The member {@code decision} of a run's ledger entry.
 *
 * @param input the input digest
 * @param lanes every lane, sorted by agent
 * @param policy the policy digest
 * @param selected the selected agent; null where nothing was selected
 * @param tree the selected tree; null where nothing was selected
 */
public record Decision(
    String input,
    List<LaneFact> lanes,
    String outcome,
    String policy,
    @Nullable String selected,
    String selector,
    @Nullable String tree) {

  public Decision {
    lanes = lanes.stream().sorted(Comparator.comparing(LaneFact::agent)).toList();
  }

  /**
   * How one lane ended.
   *
   * @param tree null unless the lane proposed and its changes gave a tree
   */
  public record LaneFact(String agent, String outcome, @Nullable String tree) {}

  static Decision of(RunFacts facts) {
    Selection selection = facts.selection();
    Ranked best = best(selection);
    return new Decision(
        facts.intent().digest(),
        selection.candidates().stream().map(Decision::lane).toList(),
        selection.outcome(),
        facts.intent().policy(),
        best == null ? null : best.examined().candidate().agent(),
        facts.decidedBy().selector(),
        best == null ? null : best.examined().candidate().tree());
  }

  /** As the ledger stores it. */
  public JsonObject document() {
    return Json.object()
        .put("input", input)
        .put("lanes", Json.array(lanes.stream().map(Decision::document).toList()))
        .put("outcome", outcome)
        .put("policy", policy)
        .put("selected", selected)
        .put("selector", selector)
        .put("tree", tree)
        .build();
  }

  static @Nullable Ranked best(Selection selection) {
    return switch (selection) {
      case Selection.Selected(Ranked best, _) -> best;
      case Selection.NoneAdmissible _, Selection.QuorumMissed _ -> null;
    };
  }

  private static LaneFact lane(Ranked ranked) {
    Candidate candidate = ranked.examined().candidate();
    return new LaneFact(candidate.agent(), candidate.answer().outcome(), candidate.tree());
  }

  private static JsonObject document(LaneFact lane) {
    return Json.object()
        .put("agent", lane.agent())
        .put("outcome", lane.outcome())
        .put("tree", lane.tree())
        .build();
  }
}
