package dev.optr.base;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells whether proxy or trust are why a URL was not reached, and says so. */
final class ConnectionDiagnosis {
  // The JDK's two clients have no other way to say what a proxy answered to CONNECT.
  private static final Pattern TUNNEL =
      Pattern.compile(
          "Tunnel failed, got: ([0-9]{3})|Unable to tunnel through proxy. Proxy returns \"HTTP/[0-9.]+ ([0-9]{3}).*");

  private final URI url;
  private final Optional<ProxyServer> proxy;
  private final Optional<TrustBundle> trust;

  ConnectionDiagnosis(URI url, Optional<ProxyServer> proxy, Optional<TrustBundle> trust) {
    this.url = url;
    this.proxy = proxy;
    this.trust = trust;
  }

  IOException of(IOException thrown) {
    @Nullable ConnectionFault known = cause(thrown, ConnectionFault.class);
    if (known != null) {
      return known;
    }
    if (cause(thrown, CertificateException.class) != null
        || cause(thrown, CertPathBuilderException.class) != null
        || cause(thrown, CertPathValidatorException.class) != null) {
      return ConnectionFault.lasting(untrusted(innermost(thrown)), thrown);
    }
    return proxy.map(server -> ofProxy(server, thrown)).orElse(thrown);
  }

  /** A proxy's answer that stands in for the server's own. */
  static ConnectionFault unauthorized(ProxyServer server, @Nullable Throwable cause) {
    String message =
        server.login().isPresent()
            ? "does not accept user and password of variable '%s'"
            : "asks for user and password; write 'http://user:password@host:port' in variable '%s'";
    return ConnectionFault.lasting(
        "the proxy at %s ".formatted(server.where()) + message.formatted(server.variable()), cause);
  }

  private IOException ofProxy(ProxyServer server, IOException thrown) {
    Matcher tunnel = TUNNEL.matcher(String.valueOf(innermost(thrown).getMessage()));
    if (tunnel.matches()) {
      int status = Integer.parseInt(tunnel.group(1) == null ? tunnel.group(2) : tunnel.group(1));
      return status == 407 ? unauthorized(server, thrown) : noTunnel(server, status, thrown);
    }
    boolean unreached =
        cause(thrown, ConnectException.class) != null
            || cause(thrown, UnknownHostException.class) != null
            || cause(thrown, NoRouteToHostException.class) != null;
    return unreached
        ? ConnectionFault.passing(
            "the proxy at %s (variable '%s') cannot be reached"
                .formatted(server.where(), server.variable()),
            thrown)
        : thrown;
  }

  private ConnectionFault noTunnel(ProxyServer server, int status, IOException thrown) {
    String message =
        "the proxy at %s (variable '%s') answered %d to a tunnel to '%s'"
            .formatted(server.where(), server.variable(), status, url.getHost());
    return status >= 500
        ? ConnectionFault.passing(message, thrown)
        : ConnectionFault.lasting(message, thrown);
  }

  private String untrusted(Throwable reason) {
    String said = Printable.line(String.valueOf(reason.getMessage()));
    return trust
        .map(
            bundle ->
                "the certificate of '%s' is not trusted by the file that variable '%s' names, '%s': %s"
                    .formatted(url.getHost(), Network.TRUST_VARIABLE, bundle.file(), said))
        .orElseGet(
            () ->
                "the certificate of '%s' is not trusted: %s; where server or proxy have an authority of their own, name its PEM file in variable '%s'"
                    .formatted(url.getHost(), said, Network.TRUST_VARIABLE));
  }

  private static Throwable innermost(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static <E extends Throwable> @Nullable E cause(Throwable thrown, Class<E> type) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }
}
