package dev.optr.testing;

import dev.optr.base.CompactJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the Messages API refuses about what a request says was said: every tool use is answered in
 * the very next message and before anything else, and what the model said comes back as it was.
 */
final class AnthropicHistory {
  private AnthropicHistory() {}

  /**
   * @param said all blocks that the model said in this conversation, in order
   */
  static Optional<String> complaint(List<Json> messages, List<Json> said) {
    List<String> complaints = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      shape((JsonObject) messages.get(i), "messages." + i, complaints);
    }
    List<JsonObject> turns = combined(messages);
    if (turns.isEmpty() || !"user".equals(turns.getFirst().text("role"))) {
      complaints.add("messages: first message must use the \"user\" role");
    }
    for (int i = 0; i < turns.size(); i++) {
      results(turns, i, complaints);
    }
    if (complaints.isEmpty()) {
      unchanged(turns, said, complaints);
    }
    return complaints.stream().findFirst();
  }

  private static void shape(JsonObject message, String place, List<String> complaints) {
    String role = String.valueOf(message.text("role"));
    if (!message.members().keySet().equals(Set.of("role", "content"))) {
      complaints.add(place + ": Extra inputs are not permitted");
    }
    if (!role.equals("user") && !role.equals("assistant")) {
      complaints.add(place + ".role: Input should be 'user' or 'assistant'");
    }
    if (message.array("content").isEmpty()) {
      complaints.add(place + ": all messages must have non-empty content");
    }
    for (Json value : message.array("content")) {
      JsonObject block = (JsonObject) value;
      if ("text".equals(block.text("type")) && String.valueOf(block.text("text")).isBlank()) {
        complaints.add(place + ": text content blocks must contain non-whitespace text");
      }
      if (role.equals("user") && block.get("citations") != null) {
        complaints.add(place + ".citations: Extra inputs are not permitted");
      }
      if ("tool_use".equals(block.text("type")) && !(block.get("input") instanceof JsonObject)) {
        complaints.add(place + ".tool_use.input: Input should be a valid dictionary");
      }
    }
  }

  /** Neighbours of the same role are one turn. */
  private static List<JsonObject> combined(List<Json> messages) {
    List<JsonObject> turns = new ArrayList<>();
    for (Json value : messages) {
      JsonObject message = (JsonObject) value;
      if (!turns.isEmpty()
          && String.valueOf(turns.getLast().text("role")).equals(message.text("role"))) {
        List<Json> both = new ArrayList<>(turns.getLast().array("content"));
        both.addAll(message.array("content"));
        turns.add(turns.removeLast().with("content", Json.array(both)));
      } else {
        turns.add(message);
      }
    }
    return turns;
  }

  private static void results(List<JsonObject> turns, int turn, List<String> complaints) {
    Set<String> open = new HashSet<>();
    if (turn > 0) {
      for (Json block : turns.get(turn - 1).array("content")) {
        if ("tool_use".equals(((JsonObject) block).text("type"))) {
          open.add(String.valueOf(((JsonObject) block).text("id")));
        }
      }
    }
    boolean others = false;
    for (Json value : turns.get(turn).array("content")) {
      JsonObject block = (JsonObject) value;
      if (!"tool_result".equals(block.text("type"))) {
        others = true;
      } else if (others) {
        complaints.add("messages." + turn + ": `tool_result` blocks must come first");
      } else if (!open.remove(String.valueOf(block.text("tool_use_id")))) {
        complaints.add(
            "messages." + turn + ": unexpected `tool_use_id` found in `tool_result` blocks");
      }
    }
    if (!open.isEmpty()) {
      complaints.add(
          "messages."
              + (turn - 1)
              + ": `tool_use` ids were found without `tool_result` blocks immediately after: "
              + open);
    }
  }

  /** To the last digit of a number and the order of members, since thinking is bound to it. */
  private static void unchanged(List<JsonObject> turns, List<Json> said, List<String> complaints) {
    List<JsonObject> repeated =
        turns.stream()
            .filter(turn -> "assistant".equals(turn.text("role")))
            .flatMap(turn -> turn.array("content").stream())
            .map(JsonObject.class::cast)
            .toList();
    List<JsonObject> expected =
        said.stream().map(JsonObject.class::cast).filter(block -> !isBlank(block)).toList();
    for (int i = 0; i < Math.max(repeated.size(), expected.size()); i++) {
      if (i >= repeated.size() || i >= expected.size()) {
        complaints.add("messages: the model said " + expected.size() + " blocks, not " + i);
        return;
      }
      JsonObject was = expected.get(i);
      JsonObject is = repeated.get(i).without("cache_control");
      if (!CompactJson.exact(was).equals(CompactJson.exact(is))) {
        complaints.add(changed(was, is));
        return;
      }
    }
  }

  private static String changed(JsonObject was, JsonObject is) {
    String type = String.valueOf(was.text("type"));
    if (!type.endsWith("thinking")) {
      return "messages: what the model said was changed: " + is;
    }
    return type.equals(is.text("type"))
        ? "messages: Invalid `signature` in `thinking` block"
        : "messages: Expected `thinking` or `redacted_thinking`, but found `"
            + is.text("type")
            + "`";
  }

  private static boolean isBlank(JsonObject block) {
    return "text".equals(block.text("type")) && String.valueOf(block.text("text")).isBlank();
  }
}
