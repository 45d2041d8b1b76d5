package dev.optr.agents.openai;

import dev.optr.agents.FailureCode;
import dev.optr.agents.ProviderFailure;
import dev.optr.agents.TokenUse;
import dev.optr.agents.ToolCall;
import dev.optr.agents.Turn;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One response, read as a turn. */
record OpenAiTurn(OpenAiWire.Response response) {
  private static final Set<String> POLICY =
      Set.of(
          "bio_policy",
          "misalignment_policy_violation",
          "invalid_prompt",
          "content_filter",
          "image_content_policy_violation");

  Turn turn() {
    return new Turn(said(), tokens(), response.model());
  }

  private TokenUse tokens() {
    OpenAiWire.@Nullable Tokens tokens = response.usage();
    if (tokens == null) {
      return TokenUse.UNKNOWN;
    }
    OpenAiWire.@Nullable InputDetails in = tokens.inputDetails();
    OpenAiWire.@Nullable OutputDetails out = tokens.outputDetails();
    return new TokenUse(
        tokens.input(),
        tokens.output(),
        in == null ? null : in.cached(),
        in == null ? null : in.cacheWritten(),
        out == null ? null : out.reasoning());
  }

  private Turn.Said said() {
    return switch (response.status() == null ? "" : response.status()) {
      case "completed" -> completed();
      case "incomplete" -> incomplete();
      case "failed" -> failed();
      case "cancelled" -> new Turn.Failed(FailureCode.CANCELLED, "OpenAI cancelled the response");
      default ->
          new Turn.Failed(FailureCode.SERVICE, "OpenAI answered before the response was whole");
    };
  }

  private Turn.Said completed() {
    List<ToolCall> calls = items("function_call").map(OpenAiTurn::call).toList();
    if (!calls.isEmpty()) {
      return new Turn.Calls(calls);
    }
    String refusal =
        contents(items("message"), "refusal").map(OpenAiWire.Content::refusal).collect(joined());
    return refusal.isBlank()
        ? new Turn.Text(text())
        : new Turn.Failed(
            FailureCode.REFUSED, "refused: '" + ProviderFailure.oneLine(refusal) + "'");
  }

  /** Its last word, where the model tells that from what it says on the way. */
  private String text() {
    boolean told = items("message").anyMatch(OpenAiTurn::isFinal);
    return contents(items("message").filter(item -> !told || isFinal(item)), "output_text")
        .map(OpenAiWire.Content::text)
        .collect(joined());
  }

  private static boolean isFinal(OpenAiWire.Output message) {
    return "final_answer".equals(message.phase());
  }

  private static ToolCall call(OpenAiWire.Output call) {
    return new ToolCall(
        Objects.requireNonNullElse(call.callId(), ""),
        Objects.requireNonNullElse(call.name(), ""),
        Objects.requireNonNullElse(call.arguments(), ""));
  }

  private Turn.Said incomplete() {
    OpenAiWire.@Nullable Incomplete details = response.incompleteDetails();
    String reason = details == null || details.reason() == null ? "unknown" : details.reason();
    return reason.equals("content_filter")
        ? new Turn.Failed(FailureCode.REFUSED, "stopped by a content filter")
        : new Turn.Failed(
            FailureCode.TRUNCATED, "the answer is incomplete: " + ProviderFailure.oneLine(reason));
  }

  private Turn.Said failed() {
    OpenAiWire.@Nullable Problem error = response.error();
    String code = error == null || error.code() == null ? "unknown" : error.code();
    String message = "the response failed: " + ProviderFailure.oneLine(code);
    if (POLICY.contains(code)) {
      return new Turn.Failed(FailureCode.REFUSED, message);
    }
    FailureCode known = new ProviderFailure(null, code, null).code(200);
    return code.equals("rate_limit_exceeded")
        ? new Turn.Failed(FailureCode.RATE_LIMIT, message)
        : new Turn.Failed(known, message);
  }

  private Stream<OpenAiWire.Output> items(String type) {
    List<OpenAiWire.Output> output = response.output() == null ? List.of() : response.output();
    return output.stream().filter(Objects::nonNull).filter(item -> type.equals(item.type()));
  }

  private static Stream<OpenAiWire.Content> contents(
      Stream<OpenAiWire.Output> messages, String type) {
    return messages
        .map(OpenAiWire.Output::content)
        .filter(Objects::nonNull)
        .flatMap(List::stream)
        .filter(Objects::nonNull)
        .filter(part -> type.equals(part.type()));
  }

  private static Collector<@Nullable String, ?, String> joined() {
    return Collectors.filtering(
        Objects::nonNull, Collectors.mapping(String::valueOf, Collectors.joining("\n")));
  }
}
