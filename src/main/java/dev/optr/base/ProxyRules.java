package dev.optr.base;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which proxy leads to a URL, by the variables that curl, git and Go programs read: {@code
 * http_proxy} for http, {@code https_proxy} for https, {@code all_proxy} where there is none,
 * {@code no_proxy} for exceptions, each also in upper case; lower case goes first, as for curl.
 *
 * <p>This machine itself ({@code localhost}, 127.0.0.0/8, ::1) is never reached through a proxy, as
 * for Go programs: a proxy would lead to its own machine instead. {@code HTTP_PROXY} in upper case
 * does not count where {@code REQUEST_METHOD} is set: in a CGI program anybody sets it by sending a
 * header (httpoxy, CVE-2016-5385).
 */
final class ProxyRules {
  private static final List<String> VARIABLES =
      List.of("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY");

  private final Optional<ProxyServer> http;
  private final Optional<ProxyServer> https;
  private final NoProxy exceptions;

  private ProxyRules(Optional<ProxyServer> http, Optional<ProxyServer> https, NoProxy exceptions) {
    this.http = http;
    this.https = https;
    this.exceptions = exceptions;
  }

  /** No proxy for anything. */
  static ProxyRules none() {
    return of(Map.of());
  }

  /**
   * Reads the variables; a blank one is like none.
   *
   * @throws UserException naming the variable that is malformed, without its value
   */
  static ProxyRules of(Map<String, String> environment) {
    boolean cgi = environment.containsKey("REQUEST_METHOD");
    Optional<ProxyServer> http =
        cgi ? server(environment, "http_proxy") : server(environment, "http_proxy", "HTTP_PROXY");
    Optional<ProxyServer> https = server(environment, "https_proxy", "HTTPS_PROXY");
    ProxyRules rules =
        new ProxyRules(
            http.or(() -> server(environment, "all_proxy", "ALL_PROXY")),
            https.or(() -> server(environment, "all_proxy", "ALL_PROXY")),
            NoProxy.parse("no_proxy", ""));
    return rules.http.isEmpty() && rules.https.isEmpty() ? rules : rules.except(environment);
  }

  private ProxyRules except(Map<String, String> environment) {
    return first(environment, "no_proxy", "NO_PROXY")
        .map(found -> new ProxyRules(http, https, NoProxy.parse(found.name(), found.value())))
        .orElse(this);
  }

  /** Every credential in the variables, also in those that are malformed or not used. */
  static List<Secret> secrets(Map<String, String> environment) {
    return VARIABLES.stream()
        .map(name -> environment.getOrDefault(name, ""))
        .flatMap(value -> ProxyLogin.secrets(value).stream())
        .toList();
  }

  /** The proxy for a URL; empty where it is reached directly. */
  Optional<ProxyServer> proxyFor(URI url) {
    @Nullable String host = url.getHost();
    if (host == null || isThisMachine(HostAndPort.plain(host))) {
      return Optional.empty();
    }
    return switch (String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT)) {
      case "http" -> http.filter(_ -> !exceptions.covers(host, port(url, 80)));
      case "https" -> https.filter(_ -> !exceptions.covers(host, port(url, 443)));
      default -> Optional.empty();
    };
  }

  /** The same for clients of the JDK. */
  ProxySelector selector() {
    return new ProxySelector() {
      @Override
      public List<Proxy> select(URI url) {
        return List.of(proxyFor(url).map(ProxyServer::proxy).orElse(Proxy.NO_PROXY));
      }

      @Override
      public void connectFailed(URI url, SocketAddress proxy, IOException cause) {
        // There is no other proxy to try; the client throws the cause.
      }
    };
  }

  private static int port(URI url, int standard) {
    return url.getPort() == -1 ? standard : url.getPort();
  }

  private static boolean isThisMachine(String host) {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || HostAndPort.address(host).filter(InetAddress::isLoopbackAddress).isPresent();
  }

  private record Variable(String name, String value) {}

  private static Optional<ProxyServer> server(Map<String, String> environment, String... names) {
    return first(environment, names).map(found -> ProxyServer.parse(found.name(), found.value()));
  }

  private static Optional<Variable> first(Map<String, String> environment, String... names) {
    return Stream.of(names)
        .map(name -> new Variable(name, environment.getOrDefault(name, "")))
        .filter(variable -> !variable.value().isBlank())
        .findFirst();
  }
}
