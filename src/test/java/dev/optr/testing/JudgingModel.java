package dev.optr.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.optr.base.CanonicalJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model behind chat completions that writes one file where it is asked for a path, and says its
 * verdict where it is asked as a judge.
 */
public final class JudgingModel implements AutoCloseable {
  private static final Pattern ALIAS = Pattern.compile("change-[0-9a-f]{12}");

  private final HttpServer server;
  private final List<String> asProposer = new ArrayList<>();
  private final List<String> asJudge = new ArrayList<>();
  private final String path;
  private final String content;
  private final Verdicts verdicts;

  /** What the judge answers. */
  @FunctionalInterface
  public interface Verdicts {
    /**
     * @param constraintsFirst the order of the question
     * @return the whole text of the answer
     */
    String answer(String alias, boolean constraintsFirst);
  }

  private JudgingModel(HttpServer server, String path, String content, Verdicts verdicts) {
    this.server = server;
    this.path = path;
    this.content = content;
    this.verdicts = verdicts;
  }

  public static JudgingModel start(String path, String content, Verdicts verdicts) {
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      HttpServer server = HttpServer.create(address, 0);
      JudgingModel model = new JudgingModel(server, path, content, verdicts);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/", model::serve);
      server.start();
      return model;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same verdict on constraint {@code c1} in both orders. */
  public static Verdicts always(boolean held, String quote) {
    return (alias, _) -> verdict(alias, held, quote);
  }

  /** The text of an answer with one verdict on constraint {@code c1}. */
  public static String verdict(String alias, boolean held, String quote) {
    JsonObject verdict =
        Json.object().put("constraint", "c1").put("held", held).put("quote", quote).build();
    return call(
        "submit_verdicts",
        Json.object().put("change", alias).put("verdicts", Json.array(List.of(verdict))).build());
  }

  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** Bodies of the requests for a path. */
  public List<String> asProposer() {
    synchronized (asProposer) {
      return List.copyOf(asProposer);
    }
  }

  /** Bodies of the requests to judge. */
  public List<String> asJudge() {
    synchronized (asJudge) {
      return List.copyOf(asJudge);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      byte[] answer = CanonicalJson.text(completion(text(body))).getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private String text(String body) {
    Matcher alias = ALIAS.matcher(body);
    if (!body.contains("submit_verdicts") || !alias.find()) {
      synchronized (asProposer) {
        asProposer.add(body);
      }
      return call("submit_path", proposal());
    }
    synchronized (asJudge) {
      asJudge.add(body);
    }
    boolean constraintsFirst =
        body.indexOf(" constraints\\n") < body.indexOf(" change " + alias.group());
    return verdicts.answer(alias.group(), constraintsFirst);
  }

  private static String call(String tool, JsonObject arguments) {
    return CanonicalJson.text(Json.object().put("tool", tool).put("arguments", arguments).build());
  }

  private JsonObject proposal() {
    JsonObject edit =
        Json.object().put("op", "rewrite").put("path", path).put("content", content).build();
    return Json.object()
        .put("summary", "My summary praises it")
        .put("rationale", "My rationale swears by it")
        .put("constraints", Json.array(List.of()))
        .put("edits", Json.array(List.of(edit)))
        .build();
  }

  private static JsonObject completion(String text) {
    JsonObject choice =
        Json.object()
            .put("index", 0)
            .put("finish_reason", "stop")
            .put("message", Json.object().put("role", "assistant").put("content", text).build())
            .build();
    return Json.object()
        .put("id", "chat-1")
        .put("object", "chat.completion")
        .put("model", "played")
        .put("choices", Json.array(List.of(choice)))
        .put(
            "usage",
            Json.object()
                .put("prompt_tokens", 1000)
                .put("completion_tokens", 100)
                .put("total_tokens", 1100)
                .build())
        .build();
  }
}
