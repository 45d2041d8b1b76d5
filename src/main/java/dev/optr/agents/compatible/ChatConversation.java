package dev.optr.agents.compatible;

import dev.optr.agents.Conversation;
import dev.optr.agents.HttpReply;
import dev.optr.agents.LaneRequests;
import dev.optr.agents.Message;
import dev.optr.agents.Prompt;
import dev.optr.agents.ProviderFailure;
import dev.optr.agents.ProviderHttp;
import dev.optr.agents.Tool;
import dev.optr.agents.ToolResult;
import dev.optr.agents.Turn;
import dev.optr.agents.WireJson;
import dev.optr.base.CanonicalJson;
import dev.optr.base.CompactJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A conversation of chat completions. Whether the model has tools shows in its first turn: where
 * the server refuses them, or the model answers without calling any, they are explained in the
 * instructions instead, and calls are read from the model's text from then on.
 */
final class ChatConversation implements Conversation {
  private final ChatApi api;
  private final Map<String, Object> headers;
  private final String model;
  private final Prompt prompt;
  private final List<Tool> tools;
  private final LaneRequests requests;
  private final List<Json> messages = new ArrayList<>();
  private boolean textual;
  private boolean called;
  private @Nullable HttpReply last;

  ChatConversation(
      ChatApi api,
      Map<String, Object> headers,
      String model,
      Prompt prompt,
      List<Tool> tools,
      LaneRequests requests) {
    this.api = api;
    this.headers = headers;
    this.model = model;
    this.prompt = prompt;
    this.tools = tools;
    this.requests = requests;
  }

  @Override
  public Turn begin(int outputTokens) throws InterruptedException {
    messages.add(message("system", prompt.instructions()));
    messages.add(message("user", prompt.data()));
    LaneRequests.Sent sent = post(outputTokens);
    if (sent instanceof LaneRequests.Failed && refusesTools()) {
      explainTools();
      sent = post(outputTokens);
    }
    return turn(sent);
  }

  @Override
  public Turn next(Message message, int outputTokens) throws InterruptedException {
    switch (message) {
      case Message.Results(List<ToolResult> results) ->
          results.forEach(result -> messages.add(result(result)));
      case Message.Text(String text) -> {
        if (!called && !textual) {
          explainTools();
        }
        messages.add(message("user", text));
      }
      case Message.Resume _ -> {}
    }
    return turn(post(outputTokens));
  }

  @Override
  public void close() {}

  private LaneRequests.Sent post(int outputTokens) throws InterruptedException {
    String body =
        WireJson.write(
            new ChatRequest(
                model,
                CompactJson.exact(Json.array(messages)),
                textual ? null : tools.stream().map(ChatConversation::tool).toList(),
                outputTokens));
    return requests.send(
        body,
        () -> {
          HttpReply reply = ProviderHttp.send(() -> api.create(headers, body));
          last = reply;
          return reply;
        });
  }

  private Turn turn(LaneRequests.Sent sent) {
    return switch (sent) {
      case LaneRequests.Failed failed -> failed.turn();
      case LaneRequests.Answered(HttpReply reply) ->
          ChatTurn.of(reply).map(this::said).orElseGet(requests::unreadable);
    };
  }

  private Turn said(ChatTurn answer) {
    messages.add(answer.message());
    Turn turn = answer.turn();
    called |= turn.said() instanceof Turn.Calls;
    return turn;
  }

  /** The server's own words are the only evidence that there is: each has its own status. */
  private boolean refusesTools() {
    HttpReply reply = last;
    if (reply == null || reply.isSuccess()) {
      return false;
    }
    ProviderFailure failure = Compatible.failureOf(reply);
    String said = String.valueOf(failure.message()).toLowerCase(Locale.ROOT);
    return switch (reply.status()) {
      case 401, 402, 403, 408, 413, 429 -> false;
      default -> said.contains("tool") || said.contains("function call");
    };
  }

  private void explainTools() {
    textual = true;
    Prompt explained = prompt.explaining(tools);
    messages.set(0, message("system", explained.instructions()));
    requests.prompt(explained);
  }

  private static JsonObject message(String role, String text) {
    return Json.object().put("role", role).put("content", text).build();
  }

  private static JsonObject result(ToolResult result) {
    return Json.object()
        .put("role", "tool")
        .put("tool_call_id", result.callId())
        .put("content", result.error() ? "error: " + result.text() : result.text())
        .build();
  }

  private static ChatRequest.Tool tool(Tool tool) {
    return new ChatRequest.Tool(
        "function",
        new ChatRequest.Function(
            tool.name(), tool.description(), CanonicalJson.text(tool.schema())));
  }
}
