package dev.optr.agents.compatible;

import dev.optr.agents.FailureCode;
import dev.optr.agents.HttpReply;
import dev.optr.agents.ProviderFailure;
import dev.optr.agents.TokenUse;
import dev.optr.agents.ToolCall;
import dev.optr.agents.Turn;
import dev.optr.base.CompactJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One completion, read leniently, since servers differ in what they leave out.
 *
 * @param message of the model, as it came
 * @param reason why it stopped; blank where the server does not say
 */
record ChatTurn(JsonObject response, JsonObject message, String reason) {
  /** Empty where the answer is no completion. */
  static Optional<ChatTurn> of(HttpReply reply) {
    return reply.json().flatMap(ChatTurn::of);
  }

  private static Optional<ChatTurn> of(JsonObject response) {
    return response.array("choices").stream()
        .limit(1)
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .filter(choice -> choice.get("message") instanceof JsonObject)
        .map(choice -> new ChatTurn(response, choice.object("message"), reason(choice)))
        .findFirst();
  }

  private static String reason(JsonObject choice) {
    return Objects.requireNonNullElse(choice.text("finish_reason"), "");
  }

  Turn turn() {
    return new Turn(said(), tokens(), response.text("model"));
  }

  private Turn.Said said() {
    // A cut answer may still hold a call that looks whole: the reason comes first.
    return switch (reason) {
      case "length" ->
          new Turn.Failed(FailureCode.TRUNCATED, "the answer is incomplete: " + reason);
      case "content_filter" -> new Turn.Failed(FailureCode.REFUSED, "stopped by a content filter");
      default -> whole();
    };
  }

  private Turn.Said whole() {
    List<ToolCall> calls =
        message.array("tool_calls").stream()
            .filter(JsonObject.class::isInstance)
            .map(call -> call((JsonObject) call))
            .toList();
    if (!calls.isEmpty()) {
      return new Turn.Calls(calls);
    }
    @Nullable String refusal = message.text("refusal");
    return refusal == null || refusal.isBlank()
        ? new Turn.Text(text())
        : new Turn.Failed(
            FailureCode.REFUSED, "refused: '" + ProviderFailure.oneLine(refusal) + "'");
  }

  /** A text, or a list of parts. */
  private String text() {
    @Nullable String text = message.text("content");
    return text != null
        ? text
        : message.array("content").stream()
            .filter(JsonObject.class::isInstance)
            .map(part -> Objects.requireNonNullElse(((JsonObject) part).text("text"), ""))
            .collect(Collectors.joining("\n"));
  }

  private static ToolCall call(JsonObject call) {
    JsonObject function = call.object("function");
    return new ToolCall(
        Objects.requireNonNullElse(call.text("id"), ""),
        Objects.requireNonNullElse(function.text("name"), ""),
        arguments(function.get("arguments")));
  }

  /** JSON as text, as the API has it, or the value itself, as some servers have it. */
  private static String arguments(@Nullable Json arguments) {
    return switch (arguments) {
      case null -> "";
      case Json.Text(String text) -> text;
      default -> CompactJson.exact(arguments);
    };
  }

  private TokenUse tokens() {
    JsonObject usage = response.object("usage");
    return new TokenUse(
        usage.integer("prompt_tokens"),
        usage.integer("completion_tokens"),
        usage.object("prompt_tokens_details").integer("cached_tokens"),
        null,
        usage.object("completion_tokens_details").integer("reasoning_tokens"));
  }
}
