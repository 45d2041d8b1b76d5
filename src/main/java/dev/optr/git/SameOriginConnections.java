package dev.optr.git;

import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Connects to one origin (scheme, host, port) only. JGit forgets credentials when a redirect leads
 * to another host, but not to another port, and asks for them again wherever it is led.
 */
final class SameOriginConnections implements HttpConnectionFactory {
  private final HttpConnectionFactory connections = new JDKHttpConnectionFactory();
  private final String origin;

  SameOriginConnections(URI remote) {
    this.origin = origin(remote.getScheme(), remote.getHost(), remote.getPort());
  }

  @Override
  public HttpConnection create(URL url) throws IOException {
    return create(url, null);
  }

  @Override
  public HttpConnection create(URL url, @Nullable Proxy proxy) throws IOException {
    String asked = origin(url.getProtocol(), url.getHost(), url.getPort());
    if (!asked.equals(origin)) {
      throw new IOException("the server at " + origin + " redirects to " + asked + "; refused");
    }
    return proxy == null ? connections.create(url) : connections.create(url, proxy);
  }

  private static String origin(String scheme, String host, int port) {
    int number = port == -1 ? (scheme.equals("https") ? 443 : 80) : port;
    return scheme + "://" + host + ":" + number;
  }
}
