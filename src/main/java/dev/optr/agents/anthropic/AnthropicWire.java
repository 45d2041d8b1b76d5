package dev.optr.agents.anthropic;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.optr.base.JsonException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What goes over the wire, as far as it is used. */
final class AnthropicWire {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private AnthropicWire() {}

  record Request(
      String model,
      @JsonProperty("max_tokens") int maxTokens,
      List<Text> system,
      List<Message> messages,
      List<Tool> tools,
      @JsonProperty("tool_choice") ToolChoice toolChoice) {}

  record Text(String type, String text) {}

  record Message(String role, List<Text> content) {}

  /**
   * @param inputSchema a JSON Schema, as JSON
   */
  record Tool(
      String name,
      String description,
      boolean strict,
      @JsonProperty("input_schema") @JsonRawValue String inputSchema) {}

  record ToolChoice(
      String type, @JsonProperty("disable_parallel_tool_use") boolean disableParallelToolUse) {}

  record Response(
      @Nullable String model,
      @Nullable List<Block> content,
      @JsonProperty("stop_reason") @Nullable String stopReason,
      @JsonProperty("stop_details") @Nullable StopDetails stopDetails,
      @Nullable Tokens usage) {}

  /**
   * @param text of a text block
   * @param input of a tool call: an object, not text
   */
  record Block(
      @Nullable String type,
      @Nullable String text,
      @Nullable String name,
      @Nullable JsonNode input) {}

  record StopDetails(@Nullable String category, @Nullable String explanation) {}

  /**
   * @param input without what was read from or written to the cache
   */
  record Tokens(
      @JsonProperty("input_tokens") @Nullable Long input,
      @JsonProperty("cache_creation_input_tokens") @Nullable Long cacheWritten,
      @JsonProperty("cache_read_input_tokens") @Nullable Long cached,
      @JsonProperty("output_tokens") @Nullable Long output,
      @JsonProperty("output_tokens_details") @Nullable OutputDetails outputDetails) {}

  record OutputDetails(@JsonProperty("thinking_tokens") @Nullable Long thinking) {}

  record Failure(@Nullable Problem error) {}

  record Problem(@Nullable String type, @Nullable String message, @Nullable Details details) {}

  record Details(@JsonProperty("error_code") @Nullable String errorCode) {}

  static String write(Request request) {
    try {
      return MAPPER.writeValueAsString(request);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a request is always JSON", e);
    }
  }

  static <T> T read(String json, Class<T> type) throws JsonException {
    try {
      T value = MAPPER.readValue(json, type);
      if (value == null) {
        throw new JsonException("expected an object, found null");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new JsonException("not as the API describes it", e);
    }
  }
}
