package dev.optr.demo;

import dev.optr.base.CompactJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The Messages API, which keeps nothing: which turn it is stands in the request. */
record AnthropicPlayer(RecordedConversation conversation) implements Player {
  @Override
  public PlayedReply answer(PlayedRequest request) throws InterruptedException {
    if (!request.is("POST", "/v1/messages")) {
      return problem(404, "not_found_error", "no such operation");
    }
    List<String> called = ids(request.body(), "tool_use", "id");
    List<String> answered = ids(request.body(), "tool_result", "tool_use_id");
    if (!called.equals(answered)) {
      return problem(
          400,
          "invalid_request_error",
          "`tool_use` ids were found without `tool_result` blocks immediately after: " + called);
    }
    Thread.sleep(conversation.thinking());
    int turn =
        (int)
            messages(request.body()).stream()
                .filter(message -> "assistant".equals(message.text("role")))
                .count();
    return PlayedReply.ok(
        message(turn, conversation.answer(CompactJson.exact(request.body()), turn)));
  }

  private static List<JsonObject> messages(JsonObject body) {
    return objects(body.array("messages"));
  }

  private static List<String> ids(JsonObject body, String type, String member) {
    return messages(body).stream()
        .flatMap(message -> objects(message.array("content")).stream())
        .filter(block -> type.equals(block.text("type")))
        .map(block -> Objects.requireNonNullElse(block.text(member), ""))
        .toList();
  }

  private static List<JsonObject> objects(List<Json> elements) {
    return elements.stream()
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .toList();
  }

  private JsonObject message(int number, RecordedConversation.RecordedTurn turn) {
    List<Json> content = new ArrayList<>();
    content.add(
        Json.object()
            .put("type", "thinking")
            .put("thinking", "")
            .put("signature", "recorded-" + number)
            .build());
    for (RecordedConversation.RecordedCall call : turn.calls()) {
      content.add(
          Json.object()
              .put("type", "tool_use")
              .put("id", "toolu_" + number + "_" + content.size())
              .put("name", call.tool())
              .put("input", call.arguments())
              .build());
    }
    return Json.object()
        .put("id", "msg_" + number)
        .put("type", "message")
        .put("role", "assistant")
        .put("model", conversation.model())
        .put("content", Json.array(content))
        .put("stop_reason", "tool_use")
        .put("stop_sequence", Json.NULL)
        .put("stop_details", Json.NULL)
        .put("usage", usage(turn))
        .build();
  }

  private static JsonObject usage(RecordedConversation.RecordedTurn turn) {
    return Json.object()
        .put("input_tokens", turn.input() - turn.cached())
        .put("cache_creation_input_tokens", 0)
        .put("cache_read_input_tokens", turn.cached())
        .put("output_tokens", turn.output())
        .put(
            "output_tokens_details", Json.object().put("thinking_tokens", turn.reasoning()).build())
        .build();
  }

  private static PlayedReply problem(int status, String type, String message) {
    JsonObject error = Json.object().put("type", type).put("message", message).build();
    return new PlayedReply(status, Json.object().put("type", "error").put("error", error).build());
  }
}
