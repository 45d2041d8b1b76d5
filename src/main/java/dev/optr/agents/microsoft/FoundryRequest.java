package dev.optr.agents.microsoft;

import dev.optr.agents.Prompt;
import dev.optr.agents.ResponsesInput;
import dev.optr.agents.Tool;
import dev.optr.base.CompactJson;
import dev.optr.base.Json;
import java.util.List;

/** Builds the requests of one conversation, which nobody but us keeps. */
record FoundryRequest(FoundryTarget target, Prompt prompt, List<Tool> tools) {
  FoundryRequest {
    tools = List.copyOf(tools);
  }

  /** What begins the conversation. An agent has instructions of its own; ours go with the data. */
  String first() {
    return switch (target) {
      case FoundryTarget.Deployment _ -> prompt.data();
      case FoundryTarget.Agent _ -> prompt.instructions() + prompt.data();
    };
  }

  /**
   * @param input all that was said
   */
  String body(Json.Array input, int outputTokens) {
    Json.Builder body = Json.object();
    switch (target) {
      case FoundryTarget.Deployment(String name) ->
          body.put("model", name)
              .put("instructions", prompt.instructions())
              .put("tools", ResponsesInput.tools(tools))
              .put("tool_choice", "auto")
              .put("parallel_tool_calls", true)
              .put("max_output_tokens", outputTokens);
      // Whatever else its definition says would be refused here.
      case FoundryTarget.Agent agent -> body.put("agent_reference", agent.reference());
    }
    return CompactJson.exact(body.put("store", false).put("input", input).build());
  }
}
