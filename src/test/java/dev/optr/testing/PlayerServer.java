package dev.optr.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.optr.base.CanonicalJson;
import dev.optr.base.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;

/** A real HTTP server that answers as a function says; one request after the other. */
final class PlayerServer implements AutoCloseable {
  private final HttpServer server;
  private final List<Asked> asked = new ArrayList<>();

  /**
   * @param path with query
   * @param authorization empty where none was given
   */
  record Asked(String method, String path, String authorization, String body) {
    String operation() {
      return method + " " + path;
    }
  }

  /**
   * @param headers by name
   */
  record Answer(int status, Map<String, String> headers, String body) {
    static Answer of(int status, JsonObject body) {
      return new Answer(status, Map.of(), CanonicalJson.text(body));
    }

    Answer with(String name, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(name, value);
      return new Answer(status, more, body);
    }
  }

  /** The service behind the server. */
  @FunctionalInterface
  interface Service {
    Answer answer(Asked asked);
  }

  private PlayerServer(HttpServer server) {
    this.server = server;
  }

  static PlayerServer start(Service service) {
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      HttpServer server = HttpServer.create(address, 0);
      PlayerServer loopback = new PlayerServer(server);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/", exchange -> loopback.serve(exchange, service));
      server.start();
      return loopback;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** All requests, in order. */
  List<Asked> asked() {
    synchronized (asked) {
      return List.copyOf(asked);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange, Service service) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      String authorization =
          Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), "");
      String path = exchange.getRequestURI().getRawPath();
      String query = exchange.getRequestURI().getRawQuery();
      String whole = query == null ? path : path + "?" + query;
      Asked request = new Asked(exchange.getRequestMethod(), whole, authorization, body);
      synchronized (asked) {
        asked.add(request);
      }
      Answer answer = service.answer(request);
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] bytes = answer.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(bytes);
      }
    }
  }
}
