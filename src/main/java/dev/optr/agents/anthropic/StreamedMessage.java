package dev.optr.agents.anthropic;

import dev.optr.agents.HttpReply;
import dev.optr.base.Bytes;
import dev.optr.base.CompactJson;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a streamed answer the one that would have come without streaming (platform.claude.com,
 * "Streaming messages"). Long answers must be streamed, since what lies between would take a silent
 * connection for a dead one.
 */
final class StreamedMessage {
  private final List<StreamedBlock> blocks = new ArrayList<>();
  private final Map<String, Json> usage = new LinkedHashMap<>();
  private @Nullable Map<String, Json> message;
  private boolean whole;

  private StreamedMessage() {}

  /**
   * The message, or the error that came instead of its rest as if it had come with the status that
   * its type has elsewhere. What is no stream of this API is given back as it is.
   *
   * @param paidFor is run where an error came when the model had begun
   * @throws IOException where the stream ended before the message did
   */
  static HttpReply of(HttpReply reply, Runnable paidFor) throws IOException {
    String type = reply.header("content-type").orElse("").toLowerCase(Locale.ROOT);
    if (!reply.isSuccess() || reply.tooLarge() || !type.startsWith("text/event-stream")) {
      return reply;
    }
    try {
      return new StreamedMessage().read(reply, paidFor);
    } catch (JsonException notTheirs) {
      return reply;
    }
  }

  private HttpReply read(HttpReply reply, Runnable paidFor) throws IOException, JsonException {
    for (ServerSentEvents.Event event : ServerSentEvents.of(reply.body().utf8())) {
      if (event.name().equals("error")) {
        if (message != null) {
          paidFor.run();
        }
        return with(reply, status(event.data()), event.data());
      }
      add(JsonReader.readObject(event.data().getBytes(StandardCharsets.UTF_8)));
    }
    if (message == null || !whole) {
      throw new IOException("the stream ended before the message did");
    }
    List<JsonObject> content = blocks.stream().map(StreamedBlock::whole).toList();
    message.put("usage", new JsonObject(usage));
    message.put("content", Json.array(content));
    return with(reply, reply.status(), CompactJson.exact(new JsonObject(message)));
  }

  private void add(JsonObject event) throws JsonException {
    String type = event.text("type");
    switch (type == null ? "" : type) {
      case "message_start" -> begin(event.object("message"));
      case "content_block_start" -> blocks.add(new StreamedBlock(event.object("content_block")));
      case "content_block_delta" -> block(event.integer("index")).add(event.object("delta"));
      case "message_delta" -> end(event.object("delta"), event.object("usage"));
      case "message_stop" -> whole = true;
      // Pings, ends of blocks, and kinds that may be added any time.
      default -> {}
    }
  }

  private void begin(JsonObject begun) {
    message = new LinkedHashMap<>(begun.members());
    usage.clear();
    usage.putAll(begun.object("usage").members());
  }

  private StreamedBlock block(@Nullable Long index) throws JsonException {
    if (index == null || index < 0 || index >= blocks.size()) {
      throw new JsonException("a delta of no block");
    }
    return blocks.get(index.intValue());
  }

  /** Counts are totals of the whole message, and left out where they do not apply. */
  private void end(JsonObject delta, JsonObject counts) throws JsonException {
    if (message == null) {
      throw new JsonException("an end without a start");
    }
    put(counts, usage);
    put(delta, message);
  }

  private static void put(JsonObject over, Map<String, Json> under) {
    for (Map.Entry<String, Json> member : over.members().entrySet()) {
      if (!(member.getValue() instanceof Json.Null)) {
        under.put(member.getKey(), member.getValue());
      }
    }
  }

  private static HttpReply with(HttpReply reply, int status, String body) {
    return new HttpReply(status, reply.headers(), Bytes.utf8(body), false);
  }

  /** As the page "Errors" has it. */
  private static int status(String error) throws JsonException {
    JsonObject body = JsonReader.readObject(error.getBytes(StandardCharsets.UTF_8));
    String type = body.object("error").text("type");
    return switch (type == null ? "" : type) {
      case "invalid_request_error" -> 400;
      case "authentication_error" -> 401;
      case "billing_error" -> 402;
      case "permission_error" -> 403;
      case "not_found_error" -> 404;
      case "conflict_error" -> 409;
      case "request_too_large" -> 413;
      case "rate_limit_error" -> 429;
      case "timeout_error" -> 504;
      case "overloaded_error" -> 529;
      default -> 500;
    };
  }
}
