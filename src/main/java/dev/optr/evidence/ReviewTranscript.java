package dev.optr.evidence;

import dev.optr.agents.Judgement;
import dev.optr.agents.Judges.Asked;
import dev.optr.agents.ReviewQuestion.Order;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What judges were asked and said, as lines of their own transcripts. */
final class ReviewTranscript {
  private ReviewTranscript() {}

  static Map<String, List<JsonObject>> byJudge(List<PeerReview.Reviewed> reviews) {
    Map<String, List<JsonObject>> lines = new TreeMap<>();
    for (PeerReview.Reviewed review : reviews) {
      for (Asked asked : review.asked()) {
        List<JsonObject> own = lines.computeIfAbsent(asked.judge(), _ -> new ArrayList<>());
        own.add(line(review.alias(), Order.CONSTRAINTS_FIRST, asked.constraintsFirst()));
        own.add(line(review.alias(), Order.CHANGE_FIRST, asked.changeFirst()));
      }
    }
    return lines;
  }

  private static JsonObject line(String alias, Order order, Judgement judgement) {
    return Json.object()
        .put("role", "judge")
        .put("change", alias)
        .put("order", order.name().toLowerCase(Locale.ROOT))
        .put("messages", Json.array(judgement.exchange().transcript()))
        .build();
  }
}
