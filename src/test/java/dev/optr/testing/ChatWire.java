package dev.optr.testing;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Chat completions: instructions first, what the model said comes again unchanged, and the results
 * of its calls right behind it, one each.
 */
public final class ChatWire implements VendorWire {
  @Override
  public String path() {
    return "/chat/completions";
  }

  @Override
  public String schema() {
    return VendorSchemas.OPENAI_CHAT;
  }

  @Override
  public Optional<String> complaint(JsonObject request, List<JsonObject> answers) {
    List<Json> messages = request.array("messages");
    if (request.text("model") == null || messages.size() < 2) {
      return Optional.of("you must provide a model and messages");
    }
    boolean explained = instructions(request).contains("You have no tools of your own");
    if (request.array("tools").isEmpty() != explained) {
      return Optional.of("tools are neither given nor explained, or both");
    }
    if (!has(messages, 0, "system") || !has(messages, 1, "user")) {
      return Optional.of("messages must begin with 'system' and 'user'");
    }
    int at = 2;
    for (JsonObject answer : answers) {
      JsonObject said = ((JsonObject) answer.array("choices").getFirst()).object("message");
      if (at >= messages.size() || !messages.get(at).equals(said)) {
        return Optional.of("messages[" + at + "]: the assistant's message is missing or altered");
      }
      at++;
      Set<String> open = new HashSet<>();
      said.array("tool_calls")
          .forEach(it -> open.add(String.valueOf(((JsonObject) it).text("id"))));
      for (; has(messages, at, "tool"); at++) {
        String id = String.valueOf(((JsonObject) messages.get(at)).text("tool_call_id"));
        if (!open.remove(id)) {
          return Optional.of("messages with role 'tool' must follow a call: " + id);
        }
      }
      if (!open.isEmpty()) {
        return Optional.of("tool_call_ids did not have response messages: " + open);
      }
      while (has(messages, at, "user")) {
        at++;
      }
    }
    return at == messages.size() ? Optional.empty() : Optional.of("messages[" + at + "] is wrong");
  }

  @Override
  public JsonObject answer(int number, Said said) {
    Json.Builder message = Json.object().put("role", "assistant");
    switch (said) {
      case Words(String text) -> message.put("content", text);
      case Calls(List<Call> calls) -> {
        List<Json> made = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
          made.add(call("call_" + number + "_" + i, calls.get(i)));
        }
        message.put("content", Json.NULL).put("tool_calls", Json.array(made));
      }
    }
    JsonObject choice =
        Json.object()
            .put("index", 0)
            .put("message", message.build())
            .put("finish_reason", said instanceof Calls ? "tool_calls" : "stop")
            .put("logprobs", Json.NULL)
            .build();
    return Json.object()
        .put("id", "chatcmpl_" + number)
        .put("object", "chat.completion")
        .put("created", 1795327021)
        .put("model", "local-coder-2026-10-01")
        .put("choices", Json.array(List.of(choice)))
        .put("usage", usage())
        .build();
  }

  @Override
  public long written() {
    return 0;
  }

  @Override
  public String instructions(JsonObject request) {
    return String.valueOf(((JsonObject) request.array("messages").getFirst()).text("content"));
  }

  @Override
  public JsonObject refusal(String complaint) {
    JsonObject error =
        Json.object()
            .put("message", complaint)
            .put("type", "invalid_request_error")
            .put("param", "messages")
            .put("code", Json.NULL)
            .build();
    return Json.object().put("error", error).build();
  }

  private static boolean has(List<Json> messages, int at, String role) {
    return at < messages.size()
        && messages.get(at) instanceof JsonObject message
        && role.equals(message.text("role"));
  }

  private static JsonObject call(String id, Call call) {
    JsonObject function =
        Json.object().put("name", call.tool()).put("arguments", call.arguments()).build();
    return Json.object().put("id", id).put("type", "function").put("function", function).build();
  }

  private static JsonObject usage() {
    return Json.object()
        .put("prompt_tokens", 1000)
        .put("completion_tokens", 200)
        .put("total_tokens", 1200)
        .put("prompt_tokens_details", Json.object().put("cached_tokens", 400).build())
        .put("completion_tokens_details", Json.object().put("reasoning_tokens", 50).build())
        .build();
  }
}
