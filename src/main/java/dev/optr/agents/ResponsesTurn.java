package dev.optr.agents;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A response of the Responses API (developers.openai.com, API reference, "The response object"),
 * which several vendors speak, read as a turn.
 *
 * @param vendor for messages
 */
public record ResponsesTurn(String vendor, JsonObject response) {
  private static final Set<String> POLICY =
      Set.of(
          "bio_policy",
          "misalignment_policy_violation",
          "invalid_prompt",
          "content_filter",
          "image_content_policy_violation");

  /** True where it is a response at all. */
  public boolean isReadable() {
    return response.text("status") != null;
  }

  public Turn turn() {
    return new Turn(said(), tokens(), response.text("model"));
  }

  /**
   * The items that a conversation which nobody keeps sends again: what the model said, called and
   * thought. A thought that came without its encrypted content could not be found again, so it is
   * left out, with the names that would tie the other items to it.
   */
  public List<Json> history() {
    boolean lost = items("reasoning").anyMatch(item -> item.text("encrypted_content") == null);
    List<Json> history = new ArrayList<>();
    for (Json element : response.array("output")) {
      if (element instanceof JsonObject item && isSaid(item)) {
        history.add(lost ? item.without("id") : item);
      }
    }
    return history;
  }

  private static boolean isSaid(JsonObject item) {
    return switch (String.valueOf(item.text("type"))) {
      case "message", "function_call" -> true;
      case "reasoning" -> item.text("encrypted_content") != null;
      default -> false;
    };
  }

  private TokenUse tokens() {
    JsonObject usage = response.object("usage");
    return new TokenUse(
        usage.integer("input_tokens"),
        usage.integer("output_tokens"),
        usage.object("input_tokens_details").integer("cached_tokens"),
        usage.object("input_tokens_details").integer("cache_write_tokens"),
        usage.object("output_tokens_details").integer("reasoning_tokens"));
  }

  private Turn.Said said() {
    return switch (String.valueOf(response.text("status"))) {
      case "completed" -> completed();
      case "incomplete" -> incomplete();
      case "failed" -> failed();
      case "cancelled" ->
          new Turn.Failed(FailureCode.CANCELLED, vendor + " cancelled the response");
      default ->
          new Turn.Failed(FailureCode.SERVICE, vendor + " answered before the response was whole");
    };
  }

  private Turn.Said completed() {
    List<ToolCall> calls = items("function_call").map(ResponsesTurn::call).toList();
    if (!calls.isEmpty()) {
      return new Turn.Calls(calls);
    }
    String refusal = joined(items("message"), "refusal");
    return refusal.isEmpty()
        ? new Turn.Text(text())
        : new Turn.Failed(
            FailureCode.REFUSED, "refused: '" + ProviderFailure.oneLine(refusal) + "'");
  }

  /** Its last word, where the model tells that from what it says on the way. */
  private String text() {
    boolean told = items("message").anyMatch(ResponsesTurn::isFinal);
    return joined(items("message").filter(item -> !told || isFinal(item)), "text");
  }

  private static boolean isFinal(JsonObject message) {
    return "final_answer".equals(message.text("phase"));
  }

  private static ToolCall call(JsonObject item) {
    return new ToolCall(
        Objects.requireNonNullElse(item.text("call_id"), ""),
        Objects.requireNonNullElse(item.text("name"), ""),
        Objects.requireNonNullElse(item.text("arguments"), ""));
  }

  private Turn.Said incomplete() {
    @Nullable String reason = response.object("incomplete_details").text("reason");
    return "content_filter".equals(reason)
        ? new Turn.Failed(FailureCode.REFUSED, "stopped by a content filter")
        : new Turn.Failed(
            FailureCode.TRUNCATED,
            "the answer is incomplete: "
                + ProviderFailure.oneLine(Objects.requireNonNullElse(reason, "unknown")));
  }

  private Turn.Said failed() {
    String code = Objects.requireNonNullElse(response.object("error").text("code"), "unknown");
    String message = "the response failed: " + ProviderFailure.oneLine(code);
    if (POLICY.contains(code)) {
      return new Turn.Failed(FailureCode.REFUSED, message);
    }
    FailureCode known = new ProviderFailure(null, code, null).code(200);
    return code.equals("rate_limit_exceeded")
        ? new Turn.Failed(FailureCode.RATE_LIMIT, message)
        : new Turn.Failed(known, message);
  }

  private Stream<JsonObject> items(String type) {
    return objects(response.array("output")).filter(item -> type.equals(item.text("type")));
  }

  /** The messages' texts that are under this name, but for blank ones. */
  private static String joined(Stream<JsonObject> messages, String name) {
    return messages
        .flatMap(item -> objects(item.array("content")))
        .map(part -> part.text(name))
        .filter(Objects::nonNull)
        .map(String::valueOf)
        .filter(text -> !text.isBlank())
        .collect(Collectors.joining("\n"));
  }

  private static Stream<JsonObject> objects(List<Json> elements) {
    return elements.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
  }
}
