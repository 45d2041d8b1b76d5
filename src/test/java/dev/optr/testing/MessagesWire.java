package dev.optr.testing;

import dev.optr.base.CanonicalJson;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The Messages API: user and assistant take turns, what the model said comes again unchanged, and
 * every tool use is answered by one result in the very next message.
 */
public final class MessagesWire implements VendorWire {
  @Override
  public String path() {
    return "/v1/messages";
  }

  @Override
  public String schema() {
    return VendorSchemas.ANTHROPIC_MESSAGES;
  }

  @Override
  public Optional<String> complaint(JsonObject request, List<JsonObject> answers) {
    List<Json> messages = request.array("messages");
    if (request.text("model") == null || request.integer("max_tokens") == null) {
      return Optional.of("model, max_tokens: Field required");
    }
    if (request.array("system").isEmpty() || request.array("tools").isEmpty()) {
      return Optional.of("system, tools: Field required");
    }
    if (messages.size() != 2 * answers.size() + 1) {
      return Optional.of("messages: expected " + (2 * answers.size() + 1));
    }
    for (int i = 0; i < messages.size(); i++) {
      JsonObject message = (JsonObject) messages.get(i);
      String role = i % 2 == 0 ? "user" : "assistant";
      if (!role.equals(message.text("role")) || message.array("content").isEmpty()) {
        return Optional.of("messages." + i + ": roles must alternate, content must not be empty");
      }
    }
    for (int i = 0; i < answers.size(); i++) {
      List<Json> said = answers.get(i).array("content");
      if (!((JsonObject) messages.get(2 * i + 1)).array("content").equals(said)) {
        return Optional.of("messages." + (2 * i + 1) + ": content cannot be modified");
      }
      Optional<String> wrong = results(said, (JsonObject) messages.get(2 * i + 2), 2 * i + 2);
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  @Override
  public JsonObject answer(int number, Said said) {
    List<Json> content = new ArrayList<>();
    content.add(
        Json.object()
            .put("type", "thinking")
            .put("thinking", "")
            .put("signature", "EqQB" + number + "==")
            .build());
    switch (said) {
      case Words(String text) ->
          content.add(Json.object().put("type", "text").put("text", text).build());
      case Calls(List<Call> calls) -> {
        for (int i = 0; i < calls.size(); i++) {
          content.add(call("toolu_" + number + "_" + i, calls.get(i)));
        }
      }
    }
    return Json.object()
        .put("id", "msg_" + number)
        .put("type", "message")
        .put("role", "assistant")
        .put("model", "claude-opus-5-5-20260901")
        .put("content", Json.array(content))
        .put("stop_reason", said instanceof Calls ? "tool_use" : "end_turn")
        .put("stop_sequence", Json.NULL)
        .put("usage", usage())
        .build();
  }

  @Override
  public String instructions(JsonObject request) {
    return CanonicalJson.text(Json.array(request.array("system")));
  }

  @Override
  public JsonObject refusal(String complaint) {
    JsonObject error =
        Json.object().put("type", "invalid_request_error").put("message", complaint).build();
    return Json.object().put("type", "error").put("error", error).build();
  }

  private static Optional<String> results(List<Json> said, JsonObject next, int index) {
    Set<String> open = new HashSet<>();
    for (Json block : said) {
      if ("tool_use".equals(((JsonObject) block).text("type"))) {
        open.add(String.valueOf(((JsonObject) block).text("id")));
      }
    }
    for (Json block : next.array("content")) {
      boolean isResult = "tool_result".equals(((JsonObject) block).text("type"));
      if (isResult && !open.remove(String.valueOf(((JsonObject) block).text("tool_use_id")))) {
        return Optional.of("messages." + index + ": unexpected `tool_use_id`");
      }
    }
    return open.isEmpty()
        ? Optional.empty()
        : Optional.of("messages." + index + ": `tool_use` ids without `tool_result`: " + open);
  }

  private static JsonObject call(String id, Call call) {
    return Json.object()
        .put("type", "tool_use")
        .put("id", id)
        .put("name", call.tool())
        .put("input", input(call.arguments()))
        .build();
  }

  /** The API gives arguments as a value, whatever the model wrote. */
  private static Json input(String arguments) {
    try {
      return JsonReader.read(arguments);
    } catch (JsonException e) {
      return Json.text(arguments);
    }
  }

  private static JsonObject usage() {
    return Json.object()
        .put("input_tokens", 500)
        .put("cache_creation_input_tokens", 100)
        .put("cache_read_input_tokens", 400)
        .put("output_tokens", 200)
        .put("output_tokens_details", Json.object().put("thinking_tokens", 50).build())
        .build();
  }
}
