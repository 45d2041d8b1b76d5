package dev.optr.agents.openai;

import dev.optr.agents.Conversation;
import dev.optr.agents.FailureCode;
import dev.optr.agents.HttpReply;
import dev.optr.agents.LaneRequests;
import dev.optr.agents.LongWait;
import dev.optr.agents.Message;
import dev.optr.agents.Prompt;
import dev.optr.agents.ResponsesInput;
import dev.optr.agents.ResponsesTurn;
import dev.optr.agents.TokenUse;
import dev.optr.agents.Tool;
import dev.optr.agents.Turn;
import dev.optr.agents.WireJson;
import dev.optr.base.CompactJson;
import dev.optr.base.JsonObject;
import java.time.Duration;
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
  private final String tools;
  private final LaneRequests requests;
  private final ResponsesInput input = new ResponsesInput();
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
    this.tools = CompactJson.exact(ResponsesInput.tools(tools));
    this.requests = requests;
  }

  @Override
  public Turn begin(int outputTokens) throws InterruptedException {
    input.user(prompt.data());
    return send(outputTokens);
  }

  @Override
  public Turn next(Message message, int outputTokens) throws InterruptedException {
    input.add(message);
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
                CompactJson.exact(input.items()),
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
      case OpenAiConnection.Answered(HttpReply reply) -> background ? wait(reply) : whole(reply);
    };
  }

  private Turn wait(HttpReply first) throws InterruptedException {
    HttpReply reply = first;
    Duration pause = FIRST_LOOK;
    LongWait waiting = new LongWait(requests, "OpenAI works in the background");
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
      waiting.goesOn();
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
    return whole(reply);
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

  private Turn whole(HttpReply reply) {
    return reply.json().map(this::read).orElseGet(requests::unreadable);
  }

  private Turn read(JsonObject response) {
    ResponsesTurn turn = new ResponsesTurn("OpenAI", response);
    if (!turn.isReadable()) {
      return requests.unreadable();
    }
    input.add(response.array("output"));
    return turn.turn();
  }
}
