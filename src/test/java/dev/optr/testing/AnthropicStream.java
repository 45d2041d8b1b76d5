package dev.optr.testing;

import dev.optr.base.CompactJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;

/** Events of a streamed answer (platform.claude.com, "Streaming messages"). */
final class AnthropicStream {
  private AnthropicStream() {}

  /** A block, from its start over its deltas to its end. */
  static String block(int index, JsonObject block) {
    String type = String.valueOf(block.text("type"));
    return switch (type) {
      case "text" ->
          start(index, block.with("text", Json.text("")))
              + deltas(index, "text_delta", "text", String.valueOf(block.text("text")))
              + stop(index);
      case "thinking" ->
          start(index, block.with("thinking", Json.text("")).with("signature", Json.text("")))
              + deltas(index, "thinking_delta", "thinking", String.valueOf(block.text("thinking")))
              + delta(
                  index, "signature_delta", "signature", String.valueOf(block.text("signature")))
              + stop(index);
      case "tool_use" -> {
        String input = CompactJson.exact(block.object("input"));
        yield start(index, block.with("input", Json.object().build()))
            + deltas(index, "input_json_delta", "partial_json", input)
            + stop(index);
      }
      default -> start(index, block) + stop(index);
    };
  }

  /** The end of a message, which has the totals of all that it took. */
  static String end(String stopReason, JsonObject usage) {
    JsonObject stopped =
        Json.object()
            .put("container", Json.NULL)
            .put("stop_reason", stopReason)
            .put("stop_sequence", Json.NULL)
            .put("stop_details", details(stopReason))
            .build();
    return AnthropicPlayer.event(
            "message_delta",
            Json.object()
                .put("type", "message_delta")
                .put("delta", stopped)
                .put("usage", usage.without("cache_creation", "service_tier"))
                .build())
        + AnthropicPlayer.event("message_stop", Json.object().put("type", "message_stop").build());
  }

  private static Json details(String stopReason) {
    return stopReason.equals("refusal")
        ? Json.object()
            .put("type", "refusal")
            .put("category", "cyber")
            .put("explanation", "This request was declined.")
            .build()
        : Json.NULL;
  }

  private static String start(int index, JsonObject block) {
    return AnthropicPlayer.event(
        "content_block_start",
        Json.object()
            .put("type", "content_block_start")
            .put("index", index)
            .put("content_block", block)
            .build());
  }

  private static String stop(int index) {
    return AnthropicPlayer.event(
        "content_block_stop",
        Json.object().put("type", "content_block_stop").put("index", index).build());
  }

  /** In pieces of seven code units, as little as the model's tokens respecting what they mean. */
  private static String deltas(int index, String type, String member, String whole) {
    StringBuilder events = new StringBuilder(delta(index, type, member, ""));
    for (int from = 0; from < whole.length(); ) {
      int to = Math.min(whole.length(), from + 7);
      // No event may hold half of a character.
      to -= to < whole.length() && Character.isLowSurrogate(whole.charAt(to)) ? 1 : 0;
      events.append(delta(index, type, member, whole.substring(from, to)));
      from = to;
    }
    return events.toString();
  }

  private static String delta(int index, String type, String member, String part) {
    return AnthropicPlayer.event(
        "content_block_delta",
        Json.object()
            .put("type", "content_block_delta")
            .put("index", index)
            .put("delta", Json.object().put("type", type).put(member, part).build())
            .build());
  }
}
