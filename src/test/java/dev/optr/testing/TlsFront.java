package dev.optr.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;

/** TLS in front of a plain server on loopback. */
public final class TlsFront implements AutoCloseable {
  private final LoopbackServer server;

  /**
   * @param identity the certificate that is shown
   * @param plainPort where what is inside goes
   */
  public TlsFront(SSLContext identity, int plainPort) {
    try {
      this.server =
          new LoopbackServer(
              identity.getServerSocketFactory().createServerSocket(),
              client -> {
                try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), plainPort)) {
                  LoopbackServer.join(client, plain);
                }
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
  }
}
