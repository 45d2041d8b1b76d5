package dev.optr.agents.microsoft;

import dev.optr.agents.Conversation;
import dev.optr.agents.HttpReply;
import dev.optr.agents.LaneRequests;
import dev.optr.agents.Message;
import dev.optr.agents.ResponsesInput;
import dev.optr.agents.ResponsesTurn;
import dev.optr.agents.Turn;
import dev.optr.base.JsonObject;
import java.util.Map;

/** A conversation of the Responses API: each request carries all that was said. */
final class FoundryConversation implements Conversation {
  private static final int UNAUTHORIZED = 401;

  private final FoundryApi api;
  private final EntraTokens tokens;
  private final FoundryRequest request;
  private final LaneRequests requests;
  private final ResponsesInput input = new ResponsesInput();

  FoundryConversation(
      FoundryApi api, EntraTokens tokens, FoundryRequest request, LaneRequests requests) {
    this.api = api;
    this.tokens = tokens;
    this.request = request;
    this.requests = requests;
  }

  @Override
  public Turn begin(int outputTokens) throws InterruptedException {
    input.user(request.first());
    return turn(outputTokens);
  }

  @Override
  public Turn next(Message message, int outputTokens) throws InterruptedException {
    input.add(message);
    return turn(outputTokens);
  }

  @Override
  public void close() {}

  private Turn turn(int outputTokens) throws InterruptedException {
    String body = request.body(input.items(), outputTokens);
    return switch (sent(body)) {
      case LaneRequests.Failed failed -> failed.turn();
      case LaneRequests.Answered(HttpReply reply) ->
          reply.json().map(this::read).orElseGet(requests::unreadable);
    };
  }

  private LaneRequests.Sent sent(String body) throws InterruptedException {
    for (boolean again = false; ; again = true) {
      switch (tokens.token(requests)) {
        case EntraTokens.Refused(LaneRequests.Failed failed) -> {
          return failed;
        }
        case EntraTokens.Granted granted -> {
          Map<String, Object> headers =
              Map.of("Authorization", "Bearer " + granted.token().reveal());
          WatchedCall call = new WatchedCall(() -> api.create(headers, body));
          LaneRequests.Sent sent = requests.send(body, call);
          if (again || call.status() != UNAUTHORIZED || !tokens.forget()) {
            return sent;
          }
        }
      }
    }
  }

  private Turn read(JsonObject response) {
    ResponsesTurn turn = new ResponsesTurn("Foundry", response);
    if (!turn.isReadable()) {
      return requests.unreadable();
    }
    input.add(turn.history());
    return turn.turn();
  }
}
