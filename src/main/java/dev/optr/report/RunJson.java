package dev.optr.report;

import dev.optr.agents.Answer;
import dev.optr.agents.FailureCode;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.datalake.Candidate;
import dev.optr.evidence.WhyNot;
import dev.optr.selection.Ranked;
import dev.optr.selection.Score;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code --json} prints for {@code run}, {@code demo} and {@code select},
 * schema/run-result.schema.json.
 */
public final class RunJson {
  private RunJson() {}

  /**
   * A run that came to a decision; {@code demo} puts {@code repository} behind it. {@code
   * admissible} and {@code ttvEstimate} are those of the selected path, null where there is none.
   *
   * @param exit the exit code
   */
  public static JsonObject of(RunReport report, int exit) {
    Ranked best = report.best().orElse(null);
    List<Ranked> all = report.selection().candidates();
    return Json.object()
        .put("outcome", report.outcome())
        .put("selected", best == null ? null : candidate(best).agent())
        .put("admissible", best == null ? Json.NULL : Json.bool(best.examined().admissible()))
        .put("ttvEstimate", expectation(best == null ? null : best.score()))
        .put("tree", best == null ? null : candidate(best).tree())
        .put("lanes", lanes(all))
        .put("candidates", candidates(report))
        .put("datalake", report.datalake())
        .put("ledgerEntry", report.ledgerEntry())
        .put("anchor", report.anchor())
        .put("exit", exit)
        .build();
  }

  /** A run that ended before any decision. */
  public static JsonObject undecided(String outcome, int exit) {
    return Json.object()
        .put("outcome", outcome)
        .put("selected", Json.NULL)
        .put("admissible", Json.NULL)
        .put("ttvEstimate", Json.NULL)
        .put("tree", Json.NULL)
        .put("lanes", Json.array(List.of()))
        .put("candidates", Json.array(List.of()))
        .put("datalake", Json.NULL)
        .put("ledgerEntry", Json.NULL)
        .put("anchor", Json.NULL)
        .put("exit", exit)
        .build();
  }

  private static Json lanes(List<Ranked> all) {
    return Json.array(
        all.stream()
            .map(RunJson::candidate)
            .sorted(Comparator.comparing(Candidate::agent))
            .map(RunJson::lane)
            .toList());
  }

  private static JsonObject lane(Candidate lane) {
    String code =
        lane.answer() instanceof Answer.Failed(FailureCode failure, _, _) ? failure.name() : null;
    return Json.object()
        .put("agent", lane.agent())
        .put("outcome", lane.answer().outcome())
        .put("code", code)
        .build();
  }

  private static Json candidates(RunReport report) {
    PlainText plain = report.plainText();
    return Json.array(
        report.selection().candidates().stream()
            .filter(ranked -> candidate(ranked).answer() instanceof Answer.Proposed)
            .map(ranked -> path(ranked, plain))
            .toList());
  }

  private static JsonObject path(Ranked ranked, PlainText plain) {
    return Json.object()
        .put("agent", candidate(ranked).agent())
        .put("admissible", ranked.examined().admissible())
        .put("tree", candidate(ranked).tree())
        .put(
            "objective",
            ranked.score() == null ? Json.NULL : Json.number(ranked.score().objective()))
        .put(
            "whyNot",
            Json.array(
                ranked.examined().whyNot().stream().map(denial -> denial(denial, plain)).toList()))
        .build();
  }

  private static JsonObject denial(WhyNot denial, PlainText plain) {
    return Json.object()
        .put("code", denial.code().name())
        .put("rule", denial.rule())
        .put("message", plain.lines(denial.message()))
        .put("evidence", plain.lines(denial.evidence()))
        .build();
  }

  private static Json expectation(@Nullable Score score) {
    return score == null ? Json.NULL : Json.number(score.expectedTtvSeconds());
  }

  private static Candidate candidate(Ranked ranked) {
    return ranked.examined().candidate();
  }
}
