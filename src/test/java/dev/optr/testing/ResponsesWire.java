package dev.optr.testing;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The Responses API for conversations that the vendor does not keep: everything comes again,
 * unchanged and in order, and every call has exactly one output.
 */
public final class ResponsesWire implements VendorWire {
  @Override
  public String path() {
    return "/responses";
  }

  @Override
  public String schema() {
    return VendorSchemas.OPENAI_RESPONSES;
  }

  @Override
  public Optional<String> complaint(JsonObject request, List<JsonObject> answers) {
    for (String needed : List.of("model", "instructions")) {
      if (request.text(needed) == null) {
        return Optional.of("Missing required parameter: '" + needed + "'.");
      }
    }
    if (request.array("tools").isEmpty()) {
      return Optional.of("Missing required parameter: 'tools'.");
    }
    Walk walk = new Walk(request.array("input"));
    walk.messages();
    answers.forEach(walk::turn);
    return walk.end();
  }

  @Override
  public JsonObject answer(int number, Said said) {
    List<Json> output = new ArrayList<>();
    output.add(
        Json.object()
            .put("type", "reasoning")
            .put("id", "rs_" + number)
            .put("summary", Json.array(List.of()))
            .put("encrypted_content", "gAAAA" + number + "==")
            .build());
    switch (said) {
      case Words(String text) -> output.add(message(number, text, "final_answer"));
      case Calls(List<Call> calls) -> {
        output.add(message(number, "Looking around.", "commentary"));
        for (int i = 0; i < calls.size(); i++) {
          output.add(call(number + "_" + i, calls.get(i)));
        }
      }
    }
    return Json.object()
        .put("id", "resp_" + number)
        .put("object", "response")
        .put("created_at", 1795327021)
        .put("status", "completed")
        .put("error", Json.NULL)
        .put("incomplete_details", Json.NULL)
        .put("model", "gpt-6.1-sol-2026-10-01")
        .put("output", Json.array(output))
        .put("usage", usage())
        .build();
  }

  @Override
  public String instructions(JsonObject request) {
    return String.valueOf(request.text("instructions"));
  }

  @Override
  public JsonObject refusal(String complaint) {
    JsonObject error =
        Json.object()
            .put("message", complaint)
            .put("type", "invalid_request_error")
            .put("param", "input")
            .put("code", Json.NULL)
            .build();
    return Json.object().put("error", error).build();
  }

  private static JsonObject message(int number, String text, String phase) {
    JsonObject part =
        Json.object()
            .put("type", "output_text")
            .put("text", text)
            .put("annotations", Json.array(List.of()))
            .build();
    return Json.object()
        .put("type", "message")
        .put("id", "msg_" + number)
        .put("role", "assistant")
        .put("status", "completed")
        .put("phase", phase)
        .put("content", Json.array(List.of(part)))
        .build();
  }

  private static JsonObject call(String id, Call call) {
    return Json.object()
        .put("type", "function_call")
        .put("id", "fc_" + id)
        .put("call_id", "call_" + id)
        .put("name", call.tool())
        .put("arguments", call.arguments())
        .put("status", "completed")
        .build();
  }

  private static JsonObject usage() {
    return Json.object()
        .put("input_tokens", 1000)
        .put(
            "input_tokens_details",
            Json.object().put("cached_tokens", 400).put("cache_write_tokens", 100).build())
        .put("output_tokens", 200)
        .put("output_tokens_details", Json.object().put("reasoning_tokens", 50).build())
        .put("total_tokens", 1200)
        .build();
  }

  /** Goes once through the input and keeps the first thing that is wrong. */
  private static final class Walk {
    private final List<Json> input;
    private int at;
    private Optional<String> wrong = Optional.empty();

    Walk(List<Json> input) {
      this.input = input;
    }

    /** Messages of the user, at least one. */
    void messages() {
      int before = at;
      skipMessages();
      complainWhere(at == before, "Input must begin with a message of the user.");
    }

    void turn(JsonObject answer) {
      Set<String> open = new HashSet<>();
      for (Json item : answer.array("output")) {
        boolean same = at < input.size() && input.get(at).equals(item);
        String id = Objects.requireNonNull(((JsonObject) item).text("id"));
        complainWhere(!same, "Item '" + id + "' was not provided, or was altered.");
        at++;
        String callId = ((JsonObject) item).text("call_id");
        if (callId != null) {
          open.add(callId);
        }
      }
      outputs(open);
      skipMessages();
    }

    Optional<String> end() {
      complainWhere(at < input.size(), "Input holds items that belong to no turn.");
      return wrong;
    }

    private void outputs(Set<String> open) {
      boolean called = !open.isEmpty();
      while (at < input.size() && is("function_call_output")) {
        JsonObject output = (JsonObject) input.get(at);
        String callId = String.valueOf(output.text("call_id"));
        complainWhere(
            !open.remove(callId),
            "No tool call found for function call output with call_id " + callId + ".");
        complainWhere(output.text("output") == null, "Missing required parameter: 'output'.");
        at++;
      }
      complainWhere(!open.isEmpty(), "No tool output found for function call " + open + ".");
      complainWhere(!called && !isMessage(), "Nothing follows the last message.");
    }

    private void skipMessages() {
      while (isMessage()) {
        at++;
      }
    }

    private boolean isMessage() {
      return at < input.size()
          && input.get(at) instanceof JsonObject item
          && "user".equals(item.text("role"));
    }

    private boolean is(String type) {
      return input.get(at) instanceof JsonObject item && type.equals(item.text("type"));
    }

    private void complainWhere(boolean isWrong, String complaint) {
      if (isWrong && wrong.isEmpty()) {
        wrong = Optional.of(complaint);
      }
    }
  }
}
