package dev.optr.agents.microsoft;

import dev.optr.agents.Conversation;
import dev.optr.agents.FailureCode;
import dev.optr.agents.HttpReply;
import dev.optr.agents.LaneRequests;
import dev.optr.agents.Message;
import dev.optr.agents.Prompt;
import dev.optr.agents.ProviderHttp;
import dev.optr.agents.TokenUse;
import dev.optr.agents.Turn;
import dev.optr.base.CompactJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** A conversation that the service keeps; each turn is one request that waits for the answer. */
final class CopilotChatConversation implements Conversation {
  private static final Pattern ID = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._~=+:@$|-]{1,300}");

  private final CopilotChatApi api;
  private final Map<String, Object> headers;
  private final Prompt prompt;
  private final int longest;
  private final String hint;
  private final LaneRequests requests;
  private String conversation = "";

  /**
   * @param longest most bytes of a message, as JSON
   * @param hint what to think of where the token is refused
   */
  CopilotChatConversation(
      CopilotChatApi api,
      Map<String, Object> headers,
      Prompt prompt,
      int longest,
      String hint,
      LaneRequests requests) {
    this.api = api;
    this.headers = headers;
    this.prompt = prompt;
    this.longest = longest;
    this.hint = hint;
    this.requests = requests;
  }

  @Override
  public Turn begin(int outputTokens) throws InterruptedException {
    String text = Fitting.whole(prompt);
    if (Fitting.size(text) > longest) {
      return Fitting.tooLong(longest);
    }
    String nothing = "{}";
    return switch (requests.send(
        nothing, () -> ProviderHttp.send(() -> api.create(headers, nothing)))) {
      case LaneRequests.Failed failed -> hinted(failed).turn();
      case LaneRequests.Answered(HttpReply reply) -> {
        Optional<String> id = reply.json().map(body -> Objects.toString(body.text("id"), ""));
        conversation = id.filter(it -> ID.matcher(it).matches()).orElse("");
        yield conversation.isEmpty() ? requests.unreadable() : say(text);
      }
    };
  }

  @Override
  public Turn next(Message message, int outputTokens) throws InterruptedException {
    return say(Fitting.text(message));
  }

  @Override
  public void close() {}

  private Turn say(String text) throws InterruptedException {
    String fitting = Fitting.within(longest, text);
    String body = body(fitting);
    return switch (requests.send(
        body, () -> ProviderHttp.send(() -> api.chat(headers, conversation, body)))) {
      case LaneRequests.Failed failed -> hinted(failed).turn();
      case LaneRequests.Answered(HttpReply reply) ->
          unmetered(
              reply
                  .json()
                  .map(answer -> read(answer, fitting))
                  .orElseGet(() -> requests.unreadable().said()));
    };
  }

  private Turn.Said read(JsonObject answer, String sent) {
    List<Json> messages = answer.array("messages");
    if ("disengagedForRai".equals(answer.text("state"))) {
      return new Turn.Failed(
          FailureCode.REFUSED, "refused: the conversation was ended by the content policy");
    }
    if (messages.isEmpty() || !(messages.getLast() instanceof JsonObject last)) {
      return requests.unreadable().said();
    }
    String text = Objects.requireNonNullElse(last.text("text"), "");
    // The first message repeats ours; where it is the only one, nothing was said.
    return new Turn.Text(messages.size() == 1 && text.equals(sent) ? "" : text);
  }

  private LaneRequests.Failed hinted(LaneRequests.Failed failed) {
    return failed.code() == FailureCode.AUTH
        ? new LaneRequests.Failed(failed.code(), failed.message() + "; " + hint)
        : failed;
  }

  private static String body(String text) {
    // Grounding in the web is on unless each message switches it off.
    JsonObject web = Json.object().put("isWebEnabled", false).build();
    return CompactJson.exact(
        Json.object()
            .put("message", Json.object().put("text", text).build())
            .put("locationHint", Json.object().put("timeZone", "Etc/UTC").build())
            .put("contextualResources", Json.object().put("webContext", web).build())
            .build());
  }

  private static Turn unmetered(Turn.Said said) {
    return new Turn(said, TokenUse.UNKNOWN, null);
  }
}
