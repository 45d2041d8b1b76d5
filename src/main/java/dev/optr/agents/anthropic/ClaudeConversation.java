package dev.optr.agents.anthropic;

import dev.optr.agents.Conversation;
import dev.optr.agents.HttpReply;
import dev.optr.agents.LaneRequests;
import dev.optr.agents.Message;
import dev.optr.agents.Prompt;
import dev.optr.agents.ProviderHttp;
import dev.optr.agents.Tool;
import dev.optr.agents.ToolResult;
import dev.optr.agents.Turn;
import dev.optr.agents.WireJson;
import dev.optr.base.CanonicalJson;
import dev.optr.base.CompactJson;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A conversation of the Messages API: each request carries all that was said, unchanged. */
final class ClaudeConversation implements Conversation {
  // Anthropic's own clients refuse to wait for more than this without streaming.
  private static final int LONGEST_ANSWER = 21_000;

  private final AnthropicApi api;
  private final Map<String, Object> headers;
  private final String model;
  private final Prompt prompt;
  private final List<AnthropicWire.Tool> tools;
  private final LaneRequests requests;
  private final List<Json> messages = new ArrayList<>();

  ClaudeConversation(
      AnthropicApi api,
      Map<String, Object> headers,
      String model,
      Prompt prompt,
      List<Tool> tools,
      LaneRequests requests) {
    this.api = api;
    this.headers = headers;
    this.model = model;
    this.prompt = prompt;
    this.tools = tools.stream().map(ClaudeConversation::tool).toList();
    this.requests = requests;
  }

  @Override
  public Turn begin(int outputTokens) throws InterruptedException {
    messages.add(message("user", List.of(text(prompt.data()))));
    return send(outputTokens);
  }

  @Override
  public Turn next(Message message, int outputTokens) throws InterruptedException {
    switch (message) {
      case Message.Results(List<ToolResult> results) ->
          messages.add(message("user", results.stream().map(ClaudeConversation::result).toList()));
      case Message.Text(String text) -> messages.add(message("user", List.of(text(text))));
      case Message.Resume _ -> {}
    }
    return send(outputTokens);
  }

  @Override
  public void close() {}

  private Turn send(int outputTokens) throws InterruptedException {
    String body =
        WireJson.write(
            new AnthropicWire.Request(
                model,
                Math.min(outputTokens, LONGEST_ANSWER),
                List.of(new AnthropicWire.Text("text", prompt.instructions())),
                CompactJson.exact(Json.array(messages)),
                tools,
                new AnthropicWire.ToolChoice("auto")));
    return switch (requests.send(body, () -> ProviderHttp.send(() -> api.create(headers, body)))) {
      case LaneRequests.Failed failed -> failed.turn();
      case LaneRequests.Answered(HttpReply reply) -> read(reply);
    };
  }

  private Turn read(HttpReply reply) {
    try {
      Turn turn =
          new ClaudeTurn(WireJson.read(reply.body().utf8(), AnthropicWire.Response.class)).turn();
      reply.json().ifPresent(answer -> messages.add(message("assistant", answer.array("content"))));
      return turn;
    } catch (JsonException notTheirs) {
      return requests.unreadable();
    }
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

  private static AnthropicWire.Tool tool(Tool tool) {
    return new AnthropicWire.Tool(
        tool.name(), tool.description(), true, CanonicalJson.text(tool.schema()));
  }
}
