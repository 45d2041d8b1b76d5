package dev.optr.agents;

import static dev.optr.agents.AnswerJson.required;

import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Exchanges as JSON and back, exactly. */
final class ExchangeJson {
  private ExchangeJson() {}

  static JsonObject write(Exchange exchange) {
    return Json.object()
        .put("model", exchange.model())
        .put("usage", write(exchange.usage()))
        .put("requestIds", Json.texts(exchange.requestIds()))
        .put("startedAt", exchange.startedAt().toString())
        .put("durationMs", exchange.durationMs())
        .put("clipped", exchange.clipped())
        .put("transcript", Json.array(exchange.transcript()))
        .build();
  }

  static Exchange read(JsonObject document) throws JsonException {
    List<String> requestIds = new ArrayList<>();
    for (Json id : document.array("requestIds")) {
      requestIds.add(required(id instanceof Json.Text(String text) ? text : null, "requestIds"));
    }
    List<JsonObject> transcript = new ArrayList<>();
    for (Json message : document.array("transcript")) {
      transcript.add(required(message instanceof JsonObject object ? object : null, "transcript"));
    }
    return new Exchange(
        document.text("model"),
        usage(document.object("usage")),
        requestIds,
        instant(required(document.text("startedAt"), "startedAt")),
        required(document.integer("durationMs"), "durationMs"),
        document.isTrue("clipped"),
        transcript);
  }

  private static JsonObject write(Usage usage) {
    return Json.object()
        .put("inputTokens", tokens(usage.inputTokens()))
        .put("outputTokens", tokens(usage.outputTokens()))
        .put("cachedTokens", tokens(usage.cachedTokens()))
        .put("cacheWrittenTokens", tokens(usage.cacheWrittenTokens()))
        .put("reasoningTokens", tokens(usage.reasoningTokens()))
        .put("usd", usage.usd())
        .put("requests", usage.requests())
        .put("retries", usage.retries())
        .build();
  }

  private static Usage usage(JsonObject document) throws JsonException {
    @Nullable BigDecimal usd =
        document.get("usd") instanceof Json.Decimal(BigDecimal value) ? value : null;
    return new Usage(
        document.integer("inputTokens"),
        document.integer("outputTokens"),
        document.integer("cachedTokens"),
        document.integer("cacheWrittenTokens"),
        document.integer("reasoningTokens"),
        usd,
        count(document, "requests"),
        count(document, "retries"));
  }

  private static int count(JsonObject document, String name) throws JsonException {
    long value = required(document.integer(name), name);
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new JsonException("no count in '" + name + "'");
    }
    return (int) value;
  }

  private static Json tokens(@Nullable Long tokens) {
    return tokens == null ? Json.NULL : Json.number(tokens);
  }

  private static Instant instant(String text) throws JsonException {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new JsonException("no time: '" + text + "'", e);
    }
  }
}
