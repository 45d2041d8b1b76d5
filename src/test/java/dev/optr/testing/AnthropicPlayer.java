package dev.optr.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.optr.base.CompactJson;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A model behind the Messages API that does what a script has, step by step, the last one again and
 * again; streamed, as it is asked to. What the vendor would refuse is refused in its words, and the
 * prompt cache is kept as the vendor keeps it.
 */
public final class AnthropicPlayer implements AutoCloseable {
  public static final String MODEL = "claude-opus-5-5-20261020";

  private final HttpServer server;
  private final List<Step> script;
  private final AnthropicCache cache = new AnthropicCache();
  private final List<JsonObject> requests = new ArrayList<>();
  private final List<JsonObject> usages = new ArrayList<>();
  private final List<Json> said = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private int steps;

  private AnthropicPlayer(HttpServer server, List<Step> script) {
    this.server = server;
    this.script = List.copyOf(script);
  }

  /** What the model does when it is asked. */
  public sealed interface Step {}

  /**
   * @param content blocks as an answer has them
   */
  public record Says(List<Json> content, String stopReason) implements Step {
    public Says {
      content = List.copyOf(content);
    }
  }

  /**
   * An error event in a stream that began with status 200.
   *
   * @param begun the model had said something
   */
  public record Fails(String errorType, boolean begun) implements Step {}

  /** The stream ends in the middle, without an error. */
  public record Stops() implements Step {}

  /** Any other answer. */
  public record Answers(int status, JsonObject body) implements Step {}

  public static AnthropicPlayer start(Step... script) {
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      HttpServer server = HttpServer.create(address, 0);
      AnthropicPlayer player = new AnthropicPlayer(server, List.of(script));
      server.createContext("/", player::serve);
      server.start();
      return player;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The base URL, without a final slash. */
  public String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/base";
  }

  /** The bodies of all requests, in order. */
  public synchronized List<JsonObject> requests() {
    return List.copyOf(requests);
  }

  /** What each answer took, in order. */
  public synchronized List<JsonObject> usages() {
    return List.copyOf(usages);
  }

  /** What was wrong with requests, in order. */
  public synchronized List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  public static JsonObject error(String type, String message) {
    JsonObject error = Json.object().put("type", type).put("message", message).build();
    return Json.object()
        .put("type", "error")
        .put("error", error)
        .put("request_id", "req_1")
        .build();
  }

  private record Reply(int status, String type, String body) {
    static Reply json(int status, JsonObject body) {
      return new Reply(status, "application/json", CompactJson.exact(body));
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply reply = reply(exchange, exchange.getRequestBody().readAllBytes());
      byte[] bytes = reply.body().getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", reply.type());
      exchange.getResponseHeaders().set("request-id", "req_" + requests().size());
      exchange.sendResponseHeaders(reply.status(), bytes.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(bytes);
      }
    }
  }

  private synchronized Reply reply(HttpExchange exchange, byte[] body) {
    String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    if (!asked.equals("POST /base/v1/messages")) {
      return Reply.json(404, error("not_found_error", "Not found: " + asked));
    }
    try {
      JsonObject request = JsonReader.readObject(body);
      requests.add(request);
      Headers headers = exchange.getRequestHeaders();
      Optional<String> complaint =
          AnthropicRules.ofHeaders(headers)
              .or(() -> AnthropicRules.ofRequest(request))
              .or(() -> ofTypes(body))
              .or(() -> AnthropicHistory.complaint(request.array("messages"), said));
      return complaint.isPresent() ? refused(complaint.get()) : play(request);
    } catch (JsonException e) {
      return refused("The request body is not valid JSON: " + e.getMessage());
    }
  }

  /** By the vendor's own types, where they are at hand. */
  private static Optional<String> ofTypes(byte[] body) {
    return VendorSchemas.present()
        ? VendorSchemas.check(VendorSchemas.ANTHROPIC_MESSAGES, body).stream().findFirst()
        : Optional.empty();
  }

  private Reply refused(String complaint) {
    complaints.add(complaint);
    return Reply.json(400, error("invalid_request_error", complaint));
  }

  private Reply play(JsonObject request) {
    Step step = script.get(Math.min(steps, script.size() - 1));
    steps++;
    return switch (step) {
      case Answers(int status, JsonObject body) -> Reply.json(status, body);
      case Fails(String errorType, boolean begun) -> {
        String error = event("error", error(errorType, "Overloaded"));
        yield stream((begun ? start(request, usage(request)) : "") + error);
      }
      case Stops _ -> stream(start(request, usage(request)));
      case Says says -> say(request, says);
    };
  }

  private JsonObject usage(JsonObject request) {
    JsonObject usage = cache.usage(request);
    usages.add(usage);
    return usage;
  }

  private Reply say(JsonObject request, Says says) {
    said.addAll(says.content());
    JsonObject usage = usage(request);
    if (!request.isTrue("stream")) {
      return Reply.json(
          200,
          message(request, usage)
              .with("content", Json.array(says.content()))
              .with("stop_reason", Json.text(says.stopReason())));
    }
    StringBuilder stream = new StringBuilder(start(request, usage));
    for (int i = 0; i < says.content().size(); i++) {
      stream.append(AnthropicStream.block(i, (JsonObject) says.content().get(i)));
    }
    return stream(stream + AnthropicStream.end(says.stopReason(), usage));
  }

  private static Reply stream(String events) {
    return new Reply(200, "text/event-stream; charset=utf-8", events);
  }

  private static String start(JsonObject request, JsonObject usage) {
    JsonObject begun = usage.with("output_tokens", Json.number(1));
    return event(
            "message_start",
            Json.object()
                .put("type", "message_start")
                .put("message", message(request, begun))
                .build())
        + event("ping", Json.object().put("type", "ping").build());
  }

  static String event(String name, JsonObject data) {
    return "event: " + name + "\ndata: " + CompactJson.exact(data) + "\n\n";
  }

  private static JsonObject message(JsonObject request, JsonObject usage) {
    return Json.object()
        .put("id", "msg_" + request.array("messages").size())
        .put("type", "message")
        .put("role", "assistant")
        .put("model", MODEL)
        .put("container", Json.NULL)
        .put("diagnostics", Json.NULL)
        .put("content", Json.array(List.of()))
        .put("stop_reason", Json.NULL)
        .put("stop_sequence", Json.NULL)
        .put("stop_details", Json.NULL)
        .put("usage", usage)
        .build();
  }
}
