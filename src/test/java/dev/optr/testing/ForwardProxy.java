package dev.optr.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A forward proxy on loopback (RFC 9110, section 3.7): plain requests in absolute form, tunnels by
 * CONNECT. It alone knows where the made-up hosts are, so that whatever reaches one of them has
 * come through it. It asks for Basic where a login is set, and records every request.
 */
public final class ForwardProxy implements AutoCloseable {
  /**
   * @param line method and target as sent, such as {@code CONNECT api.example:443}
   * @param authorization the header Proxy-Authorization, null where there was none
   */
  public record Request(String line, @Nullable String authorization) {}

  private final Map<String, Integer> places = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Optional<String> wanted;
  private final LoopbackServer server;

  private ForwardProxy(Optional<String> login) {
    this.wanted =
        login.map(pair -> "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
    try {
      this.server = new LoopbackServer(new ServerSocket(), this::serve);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Serves everybody. */
  public static ForwardProxy open() {
    return new ForwardProxy(Optional.empty());
  }

  /** Serves those who send {@code user:password}. */
  public static ForwardProxy withLogin(String login) {
    return new ForwardProxy(Optional.of(login));
  }

  /** From now on {@code host:port} is a server on loopback; what is unknown gets a 403. */
  public ForwardProxy knows(String hostAndPort, int loopbackPort) {
    places.put(hostAndPort, loopbackPort);
    return this;
  }

  public int port() {
    return server.port();
  }

  /** What a variable holds that names this proxy. */
  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /** The same with {@code user:password}, percent-encoded. */
  public String url(String encodedLogin) {
    return "http://" + encodedLogin + "@127.0.0.1:" + port();
  }

  /** What was asked, in order of arrival, refused requests included. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Methods and targets of {@link #requests()}. */
  public List<String> lines() {
    return requests.stream().map(Request::line).toList();
  }

  private void serve(Socket client) throws IOException {
    List<String> head = head(client.getInputStream());
    String[] first = head.getFirst().split(" ", 3);
    Optional<String> authorization = header(head, "proxy-authorization");
    requests.add(new Request(first[0] + " " + first[1], authorization.orElse(null)));
    if (wanted.isPresent() && !wanted.equals(authorization)) {
      answer(
          client, "407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"p\"\r\n");
      return;
    }
    boolean tunnel = first[0].equals("CONNECT");
    @Nullable Integer port = places.get(tunnel ? first[1] : place(URI.create(first[1])));
    if (port == null) {
      answer(client, "403 Forbidden", "");
      return;
    }
    try (Socket place = new Socket(InetAddress.getLoopbackAddress(), port)) {
      if (tunnel) {
        client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
      } else {
        place.getOutputStream().write(forwarded(head, first).getBytes(ISO_8859_1));
      }
      LoopbackServer.join(client, place);
    }
  }

  private static String place(URI target) {
    return target.getHost() + ":" + (target.getPort() == -1 ? 80 : target.getPort());
  }

  /** In origin form, for one request, without what was meant for the proxy. */
  private static String forwarded(List<String> head, String[] first) {
    URI target = URI.create(first[1]);
    String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
    StringBuilder out = new StringBuilder();
    out.append(first[0] + " " + target.getRawPath() + query + " " + first[2] + "\r\n");
    for (String line : head.subList(1, head.size())) {
      String name = line.toLowerCase(Locale.ROOT);
      if (!name.startsWith("proxy-") && !name.startsWith("connection:")) {
        out.append(line).append("\r\n");
      }
    }
    return out.append("Connection: close\r\n\r\n").toString();
  }

  private static Optional<String> header(List<String> head, String name) {
    return head.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }

  private static List<String> head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      head.write(next);
    }
    return head.toString(ISO_8859_1).strip().lines().toList();
  }

  private static void answer(Socket client, String status, String headers) throws IOException {
    String head =
        "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: 0\r\nConnection: close";
    client.getOutputStream().write((head + "\r\n\r\n").getBytes(ISO_8859_1));
  }

  @Override
  public void close() {
    server.close();
  }
}
