package dev.optr.agents.anthropic;

import dev.optr.agents.Answer;
import dev.optr.agents.Exchange;
import dev.optr.agents.FailureCode;
import dev.optr.agents.Provider;
import dev.optr.agents.ProviderFailure;
import dev.optr.agents.Submission;
import dev.optr.agents.Usage;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One message, read as an answer. */
record ClaudeTurn(AnthropicWire.Response response) implements Provider.Turn {
  @Override
  public @Nullable String model() {
    return response.model();
  }

  @Override
  public Usage usage(int requests, int retries) {
    AnthropicWire.@Nullable Tokens tokens = response.usage();
    if (tokens == null) {
      return Usage.unknown(requests, retries);
    }
    AnthropicWire.@Nullable OutputDetails details = tokens.outputDetails();
    @Nullable Long input = tokens.input();
    return new Usage(
        input == null ? null : input + orZero(tokens.cacheWritten()) + orZero(tokens.cached()),
        tokens.output(),
        tokens.cached(),
        tokens.cacheWritten(),
        details == null ? null : details.thinking(),
        null,
        requests,
        retries);
  }

  @Override
  public Answer answer(Exchange exchange) {
    // A cut answer may still hold a tool call that looks whole: the reason comes first.
    String reason = response.stopReason() == null ? "" : response.stopReason();
    return switch (reason) {
      case "refusal" -> refused(exchange);
      case "max_tokens", "model_context_window_exceeded" ->
          new Answer.Failed(FailureCode.TRUNCATED, "the answer is incomplete: " + reason, exchange);
      case "tool_use", "end_turn", "stop_sequence" -> whole(exchange);
      default ->
          new Answer.Failed(
              FailureCode.SERVICE,
              "the answer stopped for a reason that is not known here: '"
                  + ProviderFailure.oneLine(reason)
                  + "'",
              exchange);
    };
  }

  private Answer whole(Exchange exchange) {
    List<AnthropicWire.Block> calls = blocks("tool_use").toList();
    if (calls.size() > 1) {
      return new Answer.Failed(
          FailureCode.SCHEMA, "called " + calls.size() + " tools instead of one", exchange);
    }
    if (calls.size() == 1) {
      AnthropicWire.Block call = calls.getFirst();
      return Submission.call(
          Objects.requireNonNullElse(call.name(), ""),
          call.input() == null ? "" : call.input().toString(),
          exchange);
    }
    String text =
        blocks("text")
            .map(block -> Objects.requireNonNullElse(block.text(), ""))
            .collect(Collectors.joining("\n"));
    return text.isBlank()
        ? new Answer.Failed(FailureCode.EMPTY, "neither a tool call nor text", exchange)
        : Submission.text(text, exchange);
  }

  private Answer refused(Exchange exchange) {
    AnthropicWire.@Nullable StopDetails details = response.stopDetails();
    String category = details == null || details.category() == null ? "" : details.category();
    String explanation =
        details == null || details.explanation() == null ? "" : details.explanation();
    String said = ProviderFailure.oneLine((category + " " + explanation).strip());
    return new Answer.Failed(
        FailureCode.REFUSED, said.isEmpty() ? "refused" : "refused: '" + said + "'", exchange);
  }

  private Stream<AnthropicWire.Block> blocks(String type) {
    List<AnthropicWire.Block> content = response.content() == null ? List.of() : response.content();
    return content.stream().filter(Objects::nonNull).filter(block -> type.equals(block.type()));
  }

  private static long orZero(@Nullable Long tokens) {
    return tokens == null ? 0 : tokens;
  }
}
