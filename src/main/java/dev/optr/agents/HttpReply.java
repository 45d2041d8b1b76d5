package dev.optr.agents;

import dev.optr.base.Bytes;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One answer over HTTP.
 *
 * @param headers by name in lower case; the first value of each
 * @param body all of it, unless it was too large
 * @param tooLarge more came than {@link #LARGEST} bytes; the body is empty then
 */
public record HttpReply(int status, Map<String, String> headers, Bytes body, boolean tooLarge) {
  /** No answer may be larger, after decompression. */
  public static final int LARGEST = 16 << 20;

  public HttpReply {
    headers = Map.copyOf(headers);
  }

  static HttpReply read(
      int status, Map<String, ? extends Collection<String>> headers, @Nullable InputStream body)
      throws IOException {
    Map<String, String> first = new HashMap<>();
    headers.forEach(
        (name, values) ->
            values.stream().limit(1).forEach(it -> first.put(name.toLowerCase(Locale.ROOT), it)));
    byte[] bytes = body == null ? new byte[0] : body.readNBytes(LARGEST + 1);
    boolean tooLarge = bytes.length > LARGEST;
    return new HttpReply(status, first, Bytes.of(tooLarge ? new byte[0] : bytes), tooLarge);
  }

  public boolean isSuccess() {
    return status / 100 == 2;
  }

  /**
   * @param name in lower case
   */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** The body, where it is a JSON object. */
  public Optional<JsonObject> json() {
    try {
      return Optional.of(JsonReader.readObject(body.toArray()));
    } catch (JsonException notJson) {
      return Optional.empty();
    }
  }
}
