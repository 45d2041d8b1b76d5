package dev.optr.git;

import dev.optr.base.Network;
import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * Connects to one origin (scheme, host, port) only. JGit forgets credentials when a redirect leads
 * to another host, but not to another port, and asks for them again wherever it is led. Proxy and
 * trust are the given network's; JGit's own choice, the JVM's, is not used.
 */
final class SameOriginConnections implements HttpConnectionFactory {
  private final Network network;
  private final String origin;

  SameOriginConnections(URI remote, Network network) {
    this.network = network;
    this.origin = origin(remote.getScheme(), remote.getHost(), remote.getPort());
  }

  @Override
  public HttpConnection create(URL url) throws IOException {
    String asked = origin(url.getProtocol(), url.getHost(), url.getPort());
    if (!asked.equals(origin)) {
      throw new IOException("the server at " + origin + " redirects to " + asked + "; refused");
    }
    try {
      return new Connection(url.toURI(), network);
    } catch (URISyntaxException e) {
      throw new IOException("the server at " + origin + " redirects to what is no URL", e);
    }
  }

  @Override
  public HttpConnection create(URL url, @Nullable Proxy jvmsChoice) throws IOException {
    return create(url);
  }

  private static final class Connection extends JDKHttpConnection {
    private final URI url;
    private final Network network;

    Connection(URI url, Network network) throws IOException {
      super(URL.of(url, network.urlHandler()));
      this.url = url;
      this.network = network;
    }

    @Override
    public int getResponseCode() throws IOException {
      int status = super.getResponseCode();
      network.refuseProxysOwn(url, status);
      return status;
    }
  }

  private static String origin(String scheme, String host, int port) {
    int number = port == -1 ? (scheme.equals("https") ? 443 : 80) : port;
    return scheme + "://" + host + ":" + number;
  }
}
