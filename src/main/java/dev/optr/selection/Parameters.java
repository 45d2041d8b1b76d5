package dev.optr.selection;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.evidence.Risk;
import java.util.List;

/**
 * Every constant of the objective, as written into {@code optr-selection.json}.
 *
 * @param verifySteps seconds, ascending; durations are rounded up to the next of these, above the
 *     last to its next multiple, so that noise between two runs does not decide
 * @param reviewSeconds seconds of review per changed line: 9, that is 400 lines per hour, the
 *     middle between "best below 300" and "still good below 500" of the study at Cisco Systems (J.
 *     Cohen, Best Kept Secrets of Peer Code Review, SmartBear 2006)
 * @param decimals of every term, rounded HALF_EVEN
 */
record Parameters(List<Long> verifySteps, long reviewSeconds, int decimals) {
  static final Parameters PUBLISHED =
      new Parameters(List.of(10L, 30L, 60L, 120L, 300L, 600L, 1200L, 2400L, 4800L), 9, 6);

  Parameters {
    verifySteps = List.copyOf(verifySteps);
  }

  /** The smallest step that is not below {@code seconds}. */
  long nextVerifyStep(long seconds) {
    long last = verifySteps.getLast();
    return verifySteps.stream()
        .filter(step -> step >= seconds)
        .findFirst()
        .orElseGet(() -> Math.multiplyExact(Math.ceilDiv(seconds, last), last));
  }

  private static JsonObject riskWeights() {
    Json.Builder weights = Json.object();
    Risk.weights().forEach((id, weight) -> weights.put(id, weight.intValue()));
    return weights.build();
  }

  JsonObject toJson() {
    return Json.object()
        .put("verifyStepsSeconds", Json.array(verifySteps.stream().map(Json::number).toList()))
        .put("reviewSecondsPerChangedLine", reviewSeconds)
        .put("decimals", decimals)
        .put("rounding", "HALF_EVEN")
        .put("riskWeights", riskWeights())
        .build();
  }
}
