package dev.optr.agents.openai;

import dev.optr.agents.Answer;
import dev.optr.agents.Exchange;
import dev.optr.agents.FailureCode;
import dev.optr.agents.Provider;
import dev.optr.agents.ProviderFailure;
import dev.optr.agents.Submission;
import dev.optr.agents.Usage;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One response, read as an answer. */
record OpenAiTurn(OpenAiWire.Response response) implements Provider.Turn {
  private static final Set<String> POLICY =
      Set.of("bio_policy", "misalignment_policy_violation", "invalid_prompt", "content_filter");

  @Override
  public @Nullable String model() {
    return response.model();
  }

  @Override
  public Usage usage(int requests, int retries) {
    OpenAiWire.@Nullable Tokens tokens = response.usage();
    if (tokens == null) {
      return Usage.unknown(requests, retries);
    }
    OpenAiWire.@Nullable InputDetails in = tokens.inputDetails();
    OpenAiWire.@Nullable OutputDetails out = tokens.outputDetails();
    return new Usage(
        tokens.input(),
        tokens.output(),
        in == null ? null : in.cached(),
        in == null ? null : in.cacheWritten(),
        out == null ? null : out.reasoning(),
        null,
        requests,
        retries);
  }

  @Override
  public Answer answer(Exchange exchange) {
    return switch (response.status() == null ? "" : response.status()) {
      case "completed" -> completed(exchange);
      case "incomplete" -> incomplete(exchange);
      case "failed" -> failed(exchange);
      case "cancelled" ->
          new Answer.Failed(FailureCode.CANCELLED, "OpenAI cancelled the response", exchange);
      default ->
          new Answer.Failed(
              FailureCode.SERVICE, "OpenAI answered before the response was whole", exchange);
    };
  }

  private Answer completed(Exchange exchange) {
    List<OpenAiWire.Output> calls = items("function_call").toList();
    if (calls.size() > 1) {
      return new Answer.Failed(
          FailureCode.SCHEMA, "called " + calls.size() + " tools instead of one", exchange);
    }
    if (calls.size() == 1) {
      OpenAiWire.Output call = calls.getFirst();
      return Submission.call(
          Objects.requireNonNullElse(call.name(), ""),
          Objects.requireNonNullElse(call.arguments(), ""),
          exchange);
    }
    String refusal = contents("refusal").map(OpenAiWire.Content::refusal).collect(joined());
    if (!refusal.isBlank()) {
      return refused(refusal, exchange);
    }
    String text = contents("output_text").map(OpenAiWire.Content::text).collect(joined());
    return text.isBlank()
        ? new Answer.Failed(FailureCode.EMPTY, "neither a tool call nor text", exchange)
        : Submission.text(text, exchange);
  }

  private Answer incomplete(Exchange exchange) {
    OpenAiWire.@Nullable Incomplete details = response.incompleteDetails();
    String reason = details == null || details.reason() == null ? "unknown" : details.reason();
    return reason.equals("content_filter")
        ? new Answer.Failed(FailureCode.REFUSED, "stopped by a content filter", exchange)
        : new Answer.Failed(
            FailureCode.TRUNCATED,
            "the answer is incomplete: " + ProviderFailure.oneLine(reason),
            exchange);
  }

  private Answer failed(Exchange exchange) {
    OpenAiWire.@Nullable Problem error = response.error();
    String code = error == null || error.code() == null ? "unknown" : error.code();
    String message = "the response failed: " + ProviderFailure.oneLine(code);
    if (POLICY.contains(code)) {
      return new Answer.Failed(FailureCode.REFUSED, message, exchange);
    }
    return code.equals("rate_limit_exceeded")
        ? new Answer.Failed(FailureCode.RATE_LIMIT, message, exchange)
        : new Answer.Failed(FailureCode.SERVICE, message, exchange);
  }

  private static Answer refused(String refusal, Exchange exchange) {
    return new Answer.Failed(
        FailureCode.REFUSED, "refused: '" + ProviderFailure.oneLine(refusal) + "'", exchange);
  }

  private Stream<OpenAiWire.Output> items(String type) {
    List<OpenAiWire.Output> output = response.output() == null ? List.of() : response.output();
    return output.stream().filter(Objects::nonNull).filter(item -> type.equals(item.type()));
  }

  private Stream<OpenAiWire.Content> contents(String type) {
    return items("message")
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
