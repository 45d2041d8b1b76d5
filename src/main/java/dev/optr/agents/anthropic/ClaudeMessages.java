package dev.optr.agents.anthropic;

import dev.optr.agents.ToolResult;
import dev.optr.base.CompactJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was said so far, as the next request repeats it: what the model said stays as it came, since
 * its thinking is bound to it, and the cache is told how far to keep what is repeated.
 */
final class ClaudeMessages {
  private static final JsonObject EPHEMERAL = Json.object().put("type", "ephemeral").build();

  private final List<JsonObject> messages = new ArrayList<>();

  void say(String text) {
    messages.add(message("user", List.of(text(text))));
  }

  /** All results of one turn are in one message, and nothing stands before them. */
  void answer(List<ToolResult> results) {
    messages.add(message("user", results.stream().map(ClaudeMessages::result).toList()));
  }

  /** What the model said, but for text without any, which the API gives and does not take. */
  void heard(List<Json> content) {
    List<Json> kept = content.stream().filter(block -> !isBlankText(block)).toList();
    if (!kept.isEmpty()) {
      messages.add(message("assistant", kept));
    }
  }

  /**
   * The messages with at most three marks of the four that a request may have: behind the frozen
   * input, behind what was last written to the cache (it is looked for only so many blocks back),
   * and behind what is new.
   */
  String json() {
    List<Integer> asked = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      if ("user".equals(messages.get(i).text("role"))) {
        asked.add(i);
      }
    }
    List<Json> marked = new ArrayList<>(messages);
    for (int i : asked) {
      if (i == asked.getFirst() || i >= asked.get(Math.max(0, asked.size() - 2))) {
        marked.set(i, marked(messages.get(i)));
      }
    }
    return CompactJson.exact(Json.array(marked));
  }

  private static JsonObject marked(JsonObject message) {
    List<Json> content = new ArrayList<>(message.array("content"));
    JsonObject last = (JsonObject) content.removeLast();
    // The API refuses to mark a block that holds nothing.
    boolean empty = last.members().containsValue(Json.text(""));
    content.add(empty ? last : last.with("cache_control", EPHEMERAL));
    return message.with("content", Json.array(content));
  }

  private static boolean isBlankText(Json block) {
    if (block instanceof JsonObject object && "text".equals(object.text("type"))) {
      @Nullable String text = object.text("text");
      return text != null && text.isBlank();
    }
    return false;
  }

  private static JsonObject message(String role, List<? extends Json> content) {
    return Json.object().put("role", role).put("content", Json.array(content)).build();
  }

  private static JsonObject text(String text) {
    return Json.object().put("type", "text").put("text", text).build();
  }

  private static JsonObject result(ToolResult result) {
    return Json.object()
        .put("type", "tool_result")
        .put("tool_use_id", result.callId())
        .put("content", result.text())
        .put("is_error", result.error())
        .build();
  }
}
