package dev.optr.app;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.PrettyJson;
import java.util.List;

/** What {@code recorded} agents answer in tests of the whole program. */
final class Recordings {
  private Recordings() {}

  /** Proposes one file with new content. */
  static String rewrite(String path, String content) {
    return rewrite(path, content, 0);
  }

  /** See {@link #rewrite(String, String)}, after a while. */
  static String rewrite(String path, String content, long delayMs) {
    return proposal("Write " + path, List.of(edit(path, content)), delayMs);
  }

  /** Proposes two files with new content. */
  static String rewrite(String path, String content, String other, String otherContent) {
    return proposal(
        "Write " + path + " and " + other,
        List.of(edit(path, content), edit(other, otherContent)),
        0);
  }

  private static JsonObject edit(String path, String content) {
    return Json.object()
        .put("op", "rewrite")
        .put("path", path)
        .put("to", Json.NULL)
        .put("search", Json.NULL)
        .put("replace", Json.NULL)
        .put("content", content)
        .put("executable", Json.NULL)
        .build();
  }

  private static String proposal(String summary, List<Json> edits, long delayMs) {
    JsonObject arguments =
        Json.object()
            .put("summary", summary)
            .put("rationale", "It is what was wished.")
            .put("ttvEstimateSeconds", 60)
            .put("invariants", Json.array(List.of()))
            .put("risks", Json.array(List.of()))
            .put("constraints", Json.array(List.of()))
            .put("edits", Json.array(edits))
            .build();
    return recording("submit_path", arguments, delayMs);
  }

  static String decline(String reason) {
    return recording("decline", Json.object().put("reason", reason).build(), 0);
  }

  static String fail(String code) {
    JsonObject arguments = Json.object().put("code", code).put("message", "as recorded").build();
    return recording("fail", arguments, 0);
  }

  private static String recording(String tool, JsonObject arguments, long delayMs) {
    return PrettyJson.text(
        Json.object()
            .put("tool", tool)
            .put("arguments", arguments)
            .put("delayMs", delayMs)
            .put(
                "usage",
                Json.object()
                    .put("inputTokens", 100)
                    .put("outputTokens", 10)
                    .put("usd", Json.number(new java.math.BigDecimal("0.01")))
                    .build())
            .put("verdicts", Json.array(List.of()))
            .build());
  }
}
