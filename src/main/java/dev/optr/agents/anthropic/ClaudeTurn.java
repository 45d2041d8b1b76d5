package dev.optr.agents.anthropic;

import dev.optr.agents.FailureCode;
import dev.optr.agents.ProviderFailure;
import dev.optr.agents.TokenUse;
import dev.optr.agents.ToolCall;
import dev.optr.agents.Turn;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One message, read as a turn. */
record ClaudeTurn(AnthropicWire.Response response) {
  Turn turn() {
    return new Turn(said(), tokens(), response.model());
  }

  private TokenUse tokens() {
    AnthropicWire.@Nullable Tokens tokens = response.usage();
    if (tokens == null) {
      return TokenUse.UNKNOWN;
    }
    AnthropicWire.@Nullable OutputDetails details = tokens.outputDetails();
    @Nullable Long input = tokens.input();
    return new TokenUse(
        input == null ? null : input + orZero(tokens.cacheWritten()) + orZero(tokens.cached()),
        tokens.output(),
        tokens.cached(),
        tokens.cacheWritten(),
        details == null ? null : details.thinking());
  }

  private Turn.Said said() {
    // A cut answer may still hold a tool call that looks whole: the reason comes first.
    String reason = response.stopReason() == null ? "" : response.stopReason();
    return switch (reason) {
      case "refusal" -> refused();
      case "max_tokens", "model_context_window_exceeded" ->
          new Turn.Failed(FailureCode.TRUNCATED, "the answer is incomplete: " + reason);
      case "pause_turn" -> new Turn.Paused();
      case "tool_use", "end_turn", "stop_sequence" -> whole();
      default ->
          new Turn.Failed(
              FailureCode.SERVICE,
              "the answer stopped for a reason that is not known here: '"
                  + ProviderFailure.oneLine(reason)
                  + "'");
    };
  }

  private Turn.Said whole() {
    List<ToolCall> calls = blocks("tool_use").map(ClaudeTurn::call).toList();
    return calls.isEmpty()
        ? new Turn.Text(
            blocks("text")
                .map(block -> Objects.requireNonNullElse(block.text(), ""))
                .collect(Collectors.joining("\n")))
        : new Turn.Calls(calls);
  }

  private static ToolCall call(AnthropicWire.Block call) {
    return new ToolCall(
        Objects.requireNonNullElse(call.id(), ""),
        Objects.requireNonNullElse(call.name(), ""),
        call.input() == null ? "" : call.input().toString());
  }

  private Turn.Said refused() {
    AnthropicWire.@Nullable StopDetails details = response.stopDetails();
    String category = details == null || details.category() == null ? "" : details.category();
    String explanation =
        details == null || details.explanation() == null ? "" : details.explanation();
    String said = ProviderFailure.oneLine((category + " " + explanation).strip());
    return new Turn.Failed(
        FailureCode.REFUSED, said.isEmpty() ? "refused" : "refused: '" + said + "'");
  }

  private Stream<AnthropicWire.Block> blocks(String type) {
    List<AnthropicWire.Block> content = response.content() == null ? List.of() : response.content();
    return content.stream().filter(Objects::nonNull).filter(block -> type.equals(block.type()));
  }

  private static long orZero(@Nullable Long tokens) {
    return tokens == null ? 0 : tokens;
  }
}
