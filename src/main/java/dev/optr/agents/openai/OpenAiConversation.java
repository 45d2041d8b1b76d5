package dev.optr.agents.openai;

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

/**
 * A conversation of the Responses API that the provider does not keep: each request carries all
 * that was said, the model's reasoning among it.
 */
final class OpenAiConversation implements Conversation {
  private final OpenAiApi api;
  private final Map<String, Object> headers;
  private final String model;
  private final Prompt prompt;
  private final List<OpenAiWire.Tool> tools;
  private final LaneRequests requests;
  private final List<Json> input = new ArrayList<>();

  OpenAiConversation(
      OpenAiApi api,
      Map<String, Object> headers,
      String model,
      Prompt prompt,
      List<Tool> tools,
      LaneRequests requests) {
    this.api = api;
    this.headers = headers;
    this.model = model;
    this.prompt = prompt;
    this.tools = tools.stream().map(OpenAiConversation::tool).toList();
    this.requests = requests;
  }

  @Override
  public Turn begin(int outputTokens) throws InterruptedException {
    input.add(user(prompt.data()));
    return send(outputTokens);
  }

  @Override
  public Turn next(Message message, int outputTokens) throws InterruptedException {
    switch (message) {
      case Message.Results(List<ToolResult> results) ->
          results.forEach(result -> input.add(output(result)));
      case Message.Text(String text) -> input.add(user(text));
      case Message.Resume _ -> {}
    }
    return send(outputTokens);
  }

  @Override
  public void close() {}

  private Turn send(int outputTokens) throws InterruptedException {
    String body =
        WireJson.write(
            new OpenAiWire.Request(
                model,
                prompt.instructions(),
                CompactJson.exact(Json.array(input)),
                tools,
                "auto",
                true,
                false,
                outputTokens));
    return switch (requests.send(body, () -> ProviderHttp.send(() -> api.create(headers, body)))) {
      case LaneRequests.Failed failed -> failed.turn();
      case LaneRequests.Answered(HttpReply reply) -> read(reply);
    };
  }

  private Turn read(HttpReply reply) {
    try {
      Turn turn =
          new OpenAiTurn(WireJson.read(reply.body().utf8(), OpenAiWire.Response.class)).turn();
      reply.json().ifPresent(response -> input.addAll(response.array("output")));
      return turn;
    } catch (JsonException notTheirs) {
      return requests.unreadable();
    }
  }

  private static JsonObject user(String text) {
    JsonObject part = Json.object().put("type", "input_text").put("text", text).build();
    return Json.object().put("role", "user").put("content", Json.array(List.of(part))).build();
  }

  private static JsonObject output(ToolResult result) {
    return Json.object()
        .put("type", "function_call_output")
        .put("call_id", result.callId())
        .put("output", result.error() ? "error: " + result.text() : result.text())
        .build();
  }

  private static OpenAiWire.Tool tool(Tool tool) {
    return new OpenAiWire.Tool(
        "function", tool.name(), tool.description(), true, CanonicalJson.text(tool.schema()));
  }
}
