package dev.optr.agents.microsoft;

import dev.optr.agents.Prompt;
import dev.optr.agents.Tool;
import dev.optr.base.CompactJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.List;

/** Builds the requests of one conversation, which nobody but us keeps. */
record FoundryRequest(FoundryTarget target, Prompt prompt, List<Tool> tools) {
  FoundryRequest {
    tools = List.copyOf(tools);
  }

  /** What begins the conversation. An agent has instructions of its own; ours go with the data. */
  JsonObject first() {
    return user(
        switch (target) {
          case FoundryTarget.Deployment _ -> prompt.data();
          case FoundryTarget.Agent _ -> prompt.instructions() + prompt.data();
        });
  }

  /**
   * @param input all that was said
   */
  String body(List<Json> input, int outputTokens) {
    Json.Builder body = Json.object();
    switch (target) {
      case FoundryTarget.Deployment(String name) ->
          body.put("model", name)
              .put("instructions", prompt.instructions())
              .put("tools", Json.array(tools.stream().map(FoundryRequest::tool).toList()))
              .put("tool_choice", "auto")
              .put("parallel_tool_calls", true)
              .put("max_output_tokens", outputTokens);
      // Whatever else its definition says would be refused here.
      case FoundryTarget.Agent agent -> body.put("agent_reference", agent.reference());
    }
    return CompactJson.exact(body.put("store", false).put("input", Json.array(input)).build());
  }

  static JsonObject user(String text) {
    JsonObject part = Json.object().put("type", "input_text").put("text", text).build();
    return Json.object().put("role", "user").put("content", Json.array(List.of(part))).build();
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
