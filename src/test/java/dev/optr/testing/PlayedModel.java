package dev.optr.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.optr.base.CanonicalJson;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A model that says what a script has, turn by turn, over one vendor's API; the last turn of the
 * script is said again and again. Whatever the vendor would refuse is refused.
 */
public final class PlayedModel implements AutoCloseable {
  private final VendorWire wire;
  private final List<VendorWire.Said> script;
  private final HttpServer server;
  private final List<JsonObject> requests = new ArrayList<>();
  private final List<JsonObject> answers = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private final Semaphore came = new Semaphore(0);
  private final CountDownLatch closed = new CountDownLatch(1);
  private int silentAfter = Integer.MAX_VALUE;

  private PlayedModel(VendorWire wire, List<VendorWire.Said> script, HttpServer server) {
    this.wire = wire;
    this.script = List.copyOf(script);
    this.server = server;
  }

  public static PlayedModel start(VendorWire wire, VendorWire.Said... script) {
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      HttpServer server = HttpServer.create(address, 0);
      PlayedModel model = new PlayedModel(wire, List.of(script), server);
      server.createContext("/", model::serve);
      server.start();
      return model;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The base URL, without a final slash. */
  public String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/base";
  }

  /** All requests, in order. */
  public synchronized List<JsonObject> requests() {
    return List.copyOf(requests);
  }

  /** What was wrong with requests, in order. */
  public synchronized List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Answers so many requests and is silent to all others. */
  public synchronized void silentAfter(int answered) {
    silentAfter = answered;
  }

  /** Waits until so many requests more have come; fails where they do not. */
  public void awaitRequests(int count) throws InterruptedException {
    if (!came.tryAcquire(count, 1, TimeUnit.MINUTES)) {
      throw new AssertionError(requests().size() + " requests came; complaints: " + complaints());
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Reply reply = reply(exchange, body);
      if (isSilent()) {
        closed.await();
        return;
      }
      byte[] bytes = CanonicalJson.text(reply.body()).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(reply.status(), bytes.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(bytes);
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private synchronized boolean isSilent() {
    return answers.size() > silentAfter;
  }

  private record Reply(int status, JsonObject body) {}

  private synchronized Reply reply(HttpExchange exchange, byte[] body) {
    String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    if (!asked.equals("POST /base" + wire.path())) {
      return refused(404, "unknown request: " + asked);
    }
    try {
      JsonObject request = JsonReader.readObject(body);
      requests.add(request);
      came.release();
      List<String> unknown =
          VendorSchemas.present() ? VendorSchemas.check(wire.schema(), body) : List.of();
      Optional<String> complaint =
          unknown.stream().findFirst().or(() -> wire.complaint(request, answers));
      if (complaint.isPresent()) {
        return refused(400, complaint.get());
      }
      VendorWire.Said said = script.get(Math.min(answers.size(), script.size() - 1));
      JsonObject answer = wire.answer(answers.size() + 1, said);
      answers.add(answer);
      return new Reply(200, answer);
    } catch (JsonException e) {
      return refused(400, "We could not parse the JSON body of your request.");
    }
  }

  private Reply refused(int status, String complaint) {
    complaints.add(complaint);
    return new Reply(status, wire.refusal(complaint));
  }
}
