package dev.optr.agents.anthropic;

import dev.optr.agents.Conversation;
import dev.optr.agents.FailureCode;
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
import dev.optr.base.JsonException;
import java.util.List;
import java.util.Map;

/** A conversation of the Messages API: each request carries all that was said, unchanged. */
final class ClaudeConversation implements Conversation {
  private final AnthropicApi api;
  private final ClaudeCredential credential;
  private final String model;
  private final Prompt prompt;
  private final List<AnthropicWire.Tool> tools;
  private final LaneRequests requests;
  private final ClaudeMessages messages = new ClaudeMessages();

  ClaudeConversation(
      AnthropicApi api,
      ClaudeCredential credential,
      String model,
      Prompt prompt,
      List<Tool> tools,
      LaneRequests requests) {
    this.api = api;
    this.credential = credential;
    this.model = model;
    this.prompt = prompt;
    this.tools = tools.stream().map(ClaudeConversation::tool).toList();
    this.requests = requests;
  }

  @Override
  public Turn begin(int outputTokens) throws InterruptedException {
    messages.say(prompt.data());
    return turn(outputTokens);
  }

  @Override
  public Turn next(Message message, int outputTokens) throws InterruptedException {
    switch (message) {
      case Message.Results(List<ToolResult> results) -> messages.answer(results);
      case Message.Text(String text) -> messages.say(text);
      // What the model said before it paused stands at the end: it goes on from there.
      case Message.Resume _ -> {}
    }
    return turn(outputTokens);
  }

  @Override
  public void close() {}

  private Turn turn(int outputTokens) throws InterruptedException {
    String body = body(outputTokens);
    Turn turn = ask(body);
    boolean refused =
        turn.said() instanceof Turn.Failed(FailureCode code, _) && code == FailureCode.AUTH;
    return refused && credential.renew() ? ask(body) : turn;
  }

  private Turn ask(String body) throws InterruptedException {
    return switch (credential.access(requests)) {
      case ClaudeCredential.Refused(Turn turn) -> turn;
      case ClaudeCredential.Granted(Map<String, Object> headers) -> ask(headers, body);
    };
  }

  private Turn ask(Map<String, Object> headers, String body) throws InterruptedException {
    LaneRequests.Sent sent =
        requests.send(
            body,
            () ->
                StreamedMessage.of(
                    ProviderHttp.send(() -> api.create(headers, body)), requests::usedUnknown));
    return switch (sent) {
      case LaneRequests.Failed failed -> failed.turn();
      case LaneRequests.Answered(HttpReply reply) -> read(reply);
    };
  }

  private String body(int outputTokens) {
    // The instructions' mark covers the tools too, which the API puts before them. Neither a
    // sampling parameter nor a forced tool: the API and models that always think refuse them.
    return WireJson.write(
        new AnthropicWire.Request(
            model,
            outputTokens,
            true,
            List.of(
                new AnthropicWire.Text(
                    "text", prompt.instructions(), AnthropicWire.CacheControl.EPHEMERAL)),
            messages.json(),
            tools,
            new AnthropicWire.ToolChoice("auto")));
  }

  private Turn read(HttpReply reply) {
    try {
      Turn turn =
          new ClaudeTurn(WireJson.read(reply.body().utf8(), AnthropicWire.Response.class)).turn();
      reply.json().ifPresent(answer -> messages.heard(answer.array("content")));
      return turn;
    } catch (JsonException notTheirs) {
      return requests.unreadable();
    }
  }

  private static AnthropicWire.Tool tool(Tool tool) {
    return new AnthropicWire.Tool(
        tool.name(), tool.description(), true, CanonicalJson.text(tool.schema()));
  }
}
