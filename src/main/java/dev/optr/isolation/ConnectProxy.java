package dev.optr.isolation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.optr.base.ServiceException;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An HTTP proxy on loopback that knows CONNECT alone (RFC 9110, 9.3.6) and admits exactly the hosts
 * that are listed, by the names that are listed. It is the one thing that sockets of confined code
 * are connected to.
 */
final class ConnectProxy implements AutoCloseable {
  private static final int LARGEST_REQUEST = 16 << 10;
  private static final int PATIENCE_MILLIS = 30_000;
  private static final String END = "\r\n\r\n";
  private static final String CONNECT = "CONNECT ";
  private static final String ADMITTED = "HTTP/1.1 200 Connection established" + END;
  private static final String REFUSED =
      "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close" + END;
  private static final String UNREACHABLE =
      "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close" + END;

  private final Set<HostPort> hosts;
  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  ConnectProxy(Set<HostPort> hosts) throws IOException {
    this.hosts = Set.copyOf(hosts);
    this.server = new ServerSocket(0, 0, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    Thread.ofPlatform().name("proxy").daemon().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException closed) {
        // Closed at the end of the run, or a client that was gone at once: then the next one.
        Thread.onSpinWait();
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setSoTimeout(PATIENCE_MILLIS);
      String request = request(client.getInputStream());
      if (admits(request)) {
        client.setSoTimeout(0);
        tunnel(client, target(request));
      } else {
        answer(client, REFUSED);
      }
    } catch (IOException gone) {
      // One of both sides ended; so does the other.
      return;
    } finally {
      open.remove(client);
    }
  }

  /** The head of a request; what follows it stays in the stream. */
  private static String request(InputStream stream) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (head.size() < LARGEST_REQUEST) {
      int next = stream.read();
      if (next < 0) {
        break;
      }
      head.write(next);
      if (next == '\n' && head.toString(ISO_8859_1).endsWith(END)) {
        break;
      }
    }
    return head.toString(ISO_8859_1);
  }

  private boolean admits(String request) {
    try {
      return request.endsWith(END)
          && request.startsWith(CONNECT)
          && hosts.contains(target(request));
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  private static HostPort target(String request) {
    int end = request.indexOf(' ', CONNECT.length());
    return HostPort.parse(request.substring(CONNECT.length(), Math.max(end, CONNECT.length())));
  }

  private void tunnel(Socket client, HostPort target) throws IOException {
    try (Socket host = new Socket()) {
      open.add(host);
      try {
        host.connect(new InetSocketAddress(target.host(), target.port()), PATIENCE_MILLIS);
      } catch (IOException unreachable) {
        answer(client, UNREACHABLE);
        return;
      }
      answer(client, ADMITTED);
      Thread back = Thread.ofVirtual().start(() -> pump(host, client));
      pump(client, host);
      back.join();
    } catch (InterruptedException e) {
      // Nobody has this thread but itself.
      throw new IllegalStateException(e);
    }
  }

  private static void answer(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  private static void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException gone) {
      // Then nothing more goes in this direction; the other one ends by itself.
      return;
    }
  }

  @Override
  public void close() {
    close(server);
    open.forEach(ConnectProxy::close);
  }

  private static void close(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It was open to confined code, which must not keep it.
      throw ServiceException.lasting("could not close a connection of a command", e);
    }
  }
}
