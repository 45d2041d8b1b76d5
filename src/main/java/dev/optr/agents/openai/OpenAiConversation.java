package dev.optr.agents.openai;

import dev.optr.agents.Conversation;
import dev.optr.agents.FailureCode;
import dev.optr.agents.HttpReply;
import dev.optr.agents.LaneRequests;
import dev.optr.agents.Message;
import dev.optr.agents.Prompt;
import dev.optr.agents.TokenUse;
import dev.optr.agents.Tool;
import dev.optr.agents.ToolResult;
import dev.optr.agents.Turn;
import dev.optr.agents.WireJson;
import dev.optr.base.CanonicalJson;
import dev.optr.base.CompactJson;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A conversation of the Responses API that does not rest on what the provider keeps: each request
 * carries all that was said, the model's reasoning among it, byte for byte as it came.
 */
final class OpenAiConversation implements Conversation {
  private static final List<String> INCLUDE = List.of("reasoning.encrypted_content");
  private static final Set<String> RUNNING = Set.of("queued", "in_progress");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,200}");
  private static final Duration FIRST_LOOK = Duration.ofSeconds(2);
  private static final Duration SLOWEST_LOOK = Duration.ofSeconds(15);

  private final OpenAiConnection connection;
  private final String model;
  private final Prompt prompt;
  private final List<OpenAiWire.Tool> tools;
  private final LaneRequests requests;
  private final List<Json> input = new ArrayList<>();
  private @Nullable String running;

  OpenAiConversation(
      OpenAiConnection connection,
      String model,
      Prompt prompt,
      List<Tool> tools,
      LaneRequests requests) {
    this.connection = connection;
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
  public void close() {
    if (running != null) {
      connection.cancel(running, requests);
      running = null;
    }
  }

  private Turn send(int outputTokens) throws InterruptedException {
    boolean background = connection.background();
    String body =
        WireJson.write(
            new OpenAiWire.Request(
                model,
                prompt.instructions(),
                CompactJson.exact(Json.array(input)),
                tools,
                "auto",
                true,
                INCLUDE,
                // What runs in the background is kept there until it was fetched.
                background,
                background ? Boolean.TRUE : null,
                prompt.digest(),
                outputTokens));
    return switch (connection.create(body, requests)) {
      case OpenAiConnection.Failed(Turn turn) -> turn;
      case OpenAiConnection.Answered(HttpReply reply) -> background ? wait(reply) : read(reply);
    };
  }

  private Turn wait(HttpReply first) throws InterruptedException {
    HttpReply reply = first;
    Duration pause = FIRST_LOOK;
    while (isRunning(reply)) {
      @Nullable String id = reply.json().map(response -> response.text("id")).orElse(null);
      if (id == null || !ID.matcher(id).matches()) {
        return requests.unreadable();
      }
      running = id;
      requests.stillRunning();
      if (requests.now().plus(pause).isAfter(requests.deadline())) {
        return unknown(FailureCode.TIMEOUT, "OpenAI did not answer in time");
      }
      requests.pause(pause);
      pause = slower(pause);
      switch (connection.retrieve(id, news -> !isRunning(news), requests)) {
        case OpenAiConnection.Answered(HttpReply now) -> reply = now;
        case OpenAiConnection.Failed(Turn turn) -> {
          return turn.said() instanceof Turn.Failed(FailureCode code, String message)
              ? lost(code, message)
              : turn;
        }
      }
    }
    running = null;
    return read(reply);
  }

  private static Turn lost(FailureCode code, String message) {
    return code == FailureCode.UNAVAILABLE
        ? unknown(FailureCode.SERVICE, "OpenAI no longer knows the response it was working on")
        : unknown(code, message);
  }

  /** A turn that may have been paid for. */
  private static Turn unknown(FailureCode code, String message) {
    return new Turn(new Turn.Failed(code, message), TokenUse.UNKNOWN, null);
  }

  private static boolean isRunning(HttpReply reply) {
    return reply
        .json()
        .map(response -> response.text("status"))
        .filter(RUNNING::contains)
        .isPresent();
  }

  private static Duration slower(Duration pause) {
    Duration next = pause.multipliedBy(3).dividedBy(2);
    return next.compareTo(SLOWEST_LOOK) < 0 ? next : SLOWEST_LOOK;
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
