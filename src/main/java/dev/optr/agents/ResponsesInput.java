package dev.optr.agents;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * All that was said in a conversation of the Responses API, as each of its requests carries it
 * (developers.openai.com, API reference, "Create a model response": {@code input}, {@code tools}).
 */
public final class ResponsesInput {
  private final List<Json> items = new ArrayList<>();

  /** What the loop says next. */
  public void add(Message message) {
    switch (message) {
      case Message.Results(List<ToolResult> results) ->
          results.forEach(result -> items.add(output(result)));
      case Message.Text(String text) -> user(text);
      case Message.Resume _ -> {}
    }
  }

  /** A message of ours. */
  public void user(String text) {
    JsonObject part = Json.object().put("type", "input_text").put("text", text).build();
    items.add(Json.object().put("role", "user").put("content", Json.array(List.of(part))).build());
  }

  /** Items of the model, which go back as they are. */
  public void add(List<Json> output) {
    items.addAll(output);
  }

  /** The request's {@code input}: messages, the model's own items and results of its calls. */
  public Json.Array items() {
    return Json.array(items);
  }

  private static JsonObject output(ToolResult result) {
    return Json.object()
        .put("type", "function_call_output")
        .put("call_id", result.callId())
        .put("output", result.error() ? "error: " + result.text() : result.text())
        .build();
  }

  /** The request's {@code tools}: strict functions. */
  public static Json.Array tools(List<Tool> tools) {
    return Json.array(tools.stream().map(ResponsesInput::tool).toList());
  }

  private static JsonObject tool(Tool tool) {
    return Json.object()
        .put("type", "function")
        .put("name", tool.name())
        .put("description", tool.description())
        .put("strict", true)
        .put("parameters", tool.schema())
        .build();
  }
}
