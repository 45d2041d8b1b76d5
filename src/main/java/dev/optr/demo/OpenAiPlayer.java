package dev.optr.demo;

import dev.optr.base.CompactJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The Responses API. Keeps nothing: which turn it is stands in the request, as with a conversation
 * that the provider does not store.
 */
record OpenAiPlayer(RecordedConversation conversation) implements Player {
  @Override
  public PlayedReply answer(PlayedRequest request) throws InterruptedException {
    if (!request.is("POST", "/responses")) {
      return problem(404, "no such operation");
    }
    List<JsonObject> input =
        request.body().array("input").stream()
            .filter(JsonObject.class::isInstance)
            .map(JsonObject.class::cast)
            .toList();
    List<String> called = ids(input, "function_call");
    List<String> answered = ids(input, "function_call_output");
    if (!called.equals(answered)) {
      return problem(400, "No tool output found for function call " + called + ".");
    }
    Thread.sleep(conversation.thinking());
    int turn = (int) input.stream().filter(item -> type(item).equals("reasoning")).count();
    return PlayedReply.ok(
        response(turn, conversation.answer(CompactJson.exact(request.body()), turn)));
  }

  private static List<String> ids(List<JsonObject> input, String type) {
    return input.stream()
        .filter(item -> type(item).equals(type))
        .map(item -> Objects.requireNonNullElse(item.text("call_id"), ""))
        .toList();
  }

  private static String type(JsonObject item) {
    return Objects.requireNonNullElse(item.text("type"), "");
  }

  private JsonObject response(int number, RecordedConversation.RecordedTurn turn) {
    List<Json> output = new ArrayList<>();
    output.add(
        Json.object()
            .put("type", "reasoning")
            .put("id", "rs_" + number)
            .put("summary", Json.array(List.of()))
            .put("encrypted_content", "recorded-" + number)
            .build());
    for (RecordedConversation.RecordedCall call : turn.calls()) {
      String id = number + "_" + output.size();
      output.add(
          Json.object()
              .put("type", "function_call")
              .put("id", "fc_" + id)
              .put("call_id", "call_" + id)
              .put("name", call.tool())
              .put("arguments", CompactJson.exact(call.arguments()))
              .put("status", "completed")
              .build());
    }
    return Json.object()
        .put("id", "resp_" + number)
        .put("object", "response")
        .put("status", "completed")
        .put("error", Json.NULL)
        .put("incomplete_details", Json.NULL)
        .put("model", conversation.model())
        .put("output", Json.array(output))
        .put("usage", usage(turn))
        .build();
  }

  private static JsonObject usage(RecordedConversation.RecordedTurn turn) {
    return Json.object()
        .put("input_tokens", turn.input())
        .put(
            "input_tokens_details",
            Json.object().put("cached_tokens", turn.cached()).put("cache_write_tokens", 0).build())
        .put("output_tokens", turn.output())
        .put(
            "output_tokens_details",
            Json.object().put("reasoning_tokens", turn.reasoning()).build())
        .put("total_tokens", turn.input() + turn.output())
        .build();
  }

  private static PlayedReply problem(int status, String message) {
    JsonObject error =
        Json.object()
            .put("message", message)
            .put("type", "invalid_request_error")
            .put("param", Json.NULL)
            .put("code", Json.NULL)
            .build();
    return new PlayedReply(status, Json.object().put("error", error).build());
  }
}
