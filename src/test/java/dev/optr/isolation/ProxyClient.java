package dev.optr.isolation;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Asks the proxy of {@code HTTPS_PROXY} for a host and prints all that comes back. */
final class ProxyClient {
  private ProxyClient() {}

  public static void main(String[] arguments) throws IOException {
    URI proxy = URI.create(System.getenv("HTTPS_PROXY"));
    try (Socket socket = new Socket(proxy.getHost(), proxy.getPort())) {
      String request = "CONNECT " + arguments[0] + " HTTP/1.1\r\nHost: x\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      System.out.println(
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
    }
  }
}
