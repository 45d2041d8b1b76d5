package dev.optr.agents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.optr.base.JsonException;

/**
 * Wire records of the providers to JSON and back: unknown members are ignored, the rest is strict.
 */
public final class WireJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private WireJson() {}

  public static String write(Record request) {
    try {
      return MAPPER.writeValueAsString(request);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a request is always JSON", e);
    }
  }

  /**
   * @throws JsonException where the text is not as the record describes it; shows nothing of it
   */
  public static <T extends Record> T read(String json, Class<T> type) throws JsonException {
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
