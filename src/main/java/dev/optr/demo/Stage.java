package dev.optr.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.optr.base.CompactJson;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.base.ServiceException;
import dev.optr.git.GitRepository;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A server on loopback on which players play their providers, each below a prefix of its own. */
public final class Stage implements AutoCloseable {
  // All the names under which the four providers give their ids of a request.
  private static final String[] REQUEST_ID_HEADERS = {
    "x-request-id", "request-id", "x-github-request-id", "x-ms-request-id"
  };

  private static final String BEARER = "Bearer ";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong requests = new AtomicLong();

  private Stage(HttpServer server) {
    this.server = server;
  }

  public static Stage open() {
    try {
      InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      Stage stage = new Stage(HttpServer.create(anyPort, 0));
      stage.server.setExecutor(stage.threads);
      stage.server.start();
      return stage;
    } catch (IOException e) {
      throw ServiceException.lasting("could not open a port on loopback", e);
    }
  }

  /** OpenAI's Responses API. Gives the base URL. */
  public String playOpenAi(RecordedConversation conversation) {
    return play("/openai", new OpenAiPlayer(conversation));
  }

  /** Anthropic's Messages API. Gives the base URL. */
  public String playAnthropic(RecordedConversation conversation) {
    return play("/anthropic", new AnthropicPlayer(conversation));
  }

  /** A Copilot Studio agent behind Direct Line. Gives the base URL. */
  public String playDirectLine(RecordedConversation conversation) {
    return play("/directline", new DirectLinePlayer(conversation));
  }

  /**
   * GitHub's agent tasks. Gives the base URL of the REST API.
   *
   * @param slug {@code owner/name} of the repository that is played
   * @param remote what it holds; open as long as it is played
   * @param temporary for files that are gone when a task is done
   */
  public String playAgentTasks(
      RecordedConversation conversation,
      String slug,
      GitRepository remote,
      Path temporary,
      InstantSource clock) {
    return play("/github", new AgentTasksPlayer(conversation, slug, remote, temporary, clock));
  }

  private String play(String prefix, Player player) {
    server.createContext(prefix + "/", exchange -> serve(exchange, prefix, player));
    return "http://127.0.0.1:" + server.getAddress().getPort() + prefix;
  }

  private void serve(HttpExchange exchange, String prefix, Player player) throws IOException {
    try (exchange) {
      PlayedReply reply;
      try {
        reply = player.answer(request(exchange, prefix));
      } catch (JsonException notJson) {
        reply = new PlayedReply(400, Json.object().put("error", "no JSON object").build());
      } catch (InterruptedException down) {
        Thread.currentThread().interrupt();
        return;
      }
      byte[] body = CompactJson.exact(reply.body()).getBytes(UTF_8);
      String id = "played-" + requests.incrementAndGet();
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      for (String header : REQUEST_ID_HEADERS) {
        exchange.getResponseHeaders().set(header, id);
      }
      boolean empty = reply.status() == 204;
      exchange.sendResponseHeaders(reply.status(), empty ? -1 : body.length);
      if (!empty) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private static PlayedRequest request(HttpExchange exchange, String prefix)
      throws IOException, JsonException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    JsonObject json = body.length == 0 ? Json.object().build() : JsonReader.readObject(body);
    String path = exchange.getRequestURI().getRawPath().substring(prefix.length());
    return new PlayedRequest(
        exchange.getRequestMethod(),
        URLDecoder.decode(path, UTF_8),
        query(exchange.getRequestURI().getRawQuery()),
        bearer(exchange),
        json);
  }

  private static String bearer(HttpExchange exchange) {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    return authorization != null && authorization.startsWith(BEARER)
        ? authorization.substring(BEARER.length())
        : "";
  }

  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> query = new HashMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      query.putIfAbsent(URLDecoder.decode(name, UTF_8), URLDecoder.decode(value, UTF_8));
    }
    return query;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
