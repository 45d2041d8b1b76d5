package dev.optr.record;

import dev.optr.agents.Answer;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.datalake.Candidate;
import dev.optr.git.TreeDiff;
import dev.optr.ledger.Decision;
import dev.optr.selection.Ranked;
import dev.optr.selection.Selection;
import dev.optr.workflow.Workflow;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code optr-selection.json}: what was decided, about what, and by which numbers. */
final class SelectionDocument {
  private final AgentOutput outputs;
  private final EvidenceJson evidence;

  SelectionDocument(AgentOutput outputs, Prose prose) {
    this.outputs = outputs;
    this.evidence = new EvidenceJson(prose);
  }

  JsonObject document(RunFacts facts, Decision decision) {
    Ranked best = facts.selection().selected().orElse(null);
    return (best == null ? nothing() : outputs.opening(best))
        .put("outcome", decision.outcome())
        .put("selected", decision.selected())
        .put("candidates", candidates(facts.selection()))
        .put("head", evidence.head(facts.head()))
        .put("selector", decision.selector())
        .put("selectorVersion", facts.decidedBy().version())
        .put("parameters", facts.decidedBy().parameters())
        .put("weights", weights(facts.workflow().optr().weights()))
        .put("bounds", bounds(facts.workflow().optr().bounds()))
        .put("canon", Json.array(List.of()))
        .put("isolation", facts.isolation())
        .put("inputDigest", decision.input())
        .put("policyDigest", decision.policy())
        .put("tree", decision.tree())
        .put("patchSha256", best == null ? null : patchSha256(best.examined().candidate()))
        .build();
  }

  private static Json.Builder nothing() {
    return Json.object()
        .put("agent", Json.NULL)
        .put("output", Json.NULL)
        .put("admissible", Json.NULL)
        .put("ttvEstimate", Json.NULL)
        .put("invariants", Json.NULL);
  }

  /** Lanes that proposed, in the selection's order; how the others ended is in their documents. */
  private Json candidates(Selection selection) {
    return Json.array(
        selection.candidates().stream()
            .filter(ranked -> ranked.examined().candidate().answer() instanceof Answer.Proposed)
            .map(ranked -> candidate(selection, ranked))
            .toList());
  }

  private JsonObject candidate(Selection selection, Ranked ranked) {
    return Json.object()
        .put("rank", ranked.rank() == null ? Json.NULL : Json.number(ranked.rank()))
        .put("agent", ranked.examined().candidate().agent())
        .put("tree", ranked.examined().candidate().tree())
        .put("admissible", ranked.examined().admissible())
        .put("score", EvidenceJson.score(ranked.score()))
        .put("whyNot", evidence.whyNot(ranked.examined().whyNot()))
        .put(
            "counterfactual",
            Counterfactual.of(selection, ranked).map(SelectionDocument::document).orElse(Json.NULL))
        .build();
  }

  private static Json document(Counterfactual counterfactual) {
    return switch (counterfactual) {
      case Counterfactual.SmallerObjective(BigDecimal hours) ->
          change("objective", Json.number(hours), List.of());
      case Counterfactual.RulesHold(List<String> rules) -> change("rules", Json.NULL, rules);
      case Counterfactual.QuorumReached() -> change("quorum", Json.NULL, List.of());
    };
  }

  private static Json change(String kind, Json objectiveGapHours, List<String> rules) {
    return Json.object()
        .put("kind", kind)
        .put("objectiveGapHours", objectiveGapHours)
        .put("rules", Json.texts(rules))
        .build();
  }

  static JsonObject weights(Workflow.Weights weights) {
    return Json.object()
        .put("cost", weights.cost())
        .put("risk", weights.risk())
        .put("probability", weights.probability())
        .build();
  }

  static JsonObject bounds(Workflow.Bounds bounds) {
    return Json.object()
        .put("risk", bounds.risk())
        .put("usd", bounds.usd())
        .put("probability", bounds.probability())
        .build();
  }

  private static @Nullable String patchSha256(Candidate candidate) {
    TreeDiff diff = candidate.diff();
    return diff == null ? null : diff.patch().sha256();
  }
}
