package dev.optr.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * An HTTP proxy as a variable names it. Nothing prints the credentials.
 *
 * @param variable where it comes from, for messages
 * @param host a name, or an address without brackets
 * @param login {@code user:password}, decoded
 */
record ProxyServer(String variable, String host, int port, Optional<Secret> login) {

  /** Host and port for a message. */
  String where() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** Its name is looked up when a connection is made, every time. */
  Proxy proxy() {
    return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
  }

  /** Value of the header Proxy-Authorization (RFC 7617, with UTF-8). */
  Optional<String> authorization() {
    return login.map(
        pair -> "Basic " + Base64.getEncoder().encodeToString(pair.reveal().getBytes(UTF_8)));
  }

  /** The same for those who build the header themselves. */
  Optional<PasswordAuthentication> passwordAuthentication() {
    return login
        .map(Secret::reveal)
        .map(
            pair -> {
              int colon = pair.indexOf(':');
              return new PasswordAuthentication(
                  pair.substring(0, colon), pair.substring(colon + 1).toCharArray());
            });
  }

  /**
   * Reads {@code [http://][user[:password]@]host[:port][/]}; the port is 80 where none is written.
   *
   * @throws UserException where it is anything else; the value is never shown, as it may hold a
   *     password
   */
  static ProxyServer parse(String variable, String value) {
    String rest = value.strip();
    int scheme = rest.indexOf("://");
    if (scheme >= 0) {
      refuseScheme(variable, rest.substring(0, scheme).toLowerCase(Locale.ROOT));
      rest = rest.substring(scheme + 3);
    }
    if (rest.endsWith("/")) {
      rest = rest.substring(0, rest.length() - 1);
    }
    int at = rest.lastIndexOf('@');
    Optional<Secret> login =
        at < 0 ? Optional.empty() : ProxyLogin.parse(variable, rest.substring(0, at));
    HostAndPort server =
        HostAndPort.parse(rest.substring(at + 1))
            .orElseThrow(() -> malformed(variable, "what it holds is no host with a port"));
    return new ProxyServer(variable, server.host(), server.port().orElse(80), login);
  }

  private static void refuseScheme(String variable, String scheme) {
    if (scheme.startsWith("socks")) {
      throw malformed(variable, "SOCKS proxies are not supported, as Java's HTTP client has none");
    }
    if (scheme.equals("https")) {
      throw malformed(
          variable, "a proxy that is itself spoken to by TLS ('https://') is not supported");
    }
    if (!scheme.equals("http")) {
      throw malformed(variable, "what stands before '://' is not 'http'");
    }
  }

  static UserException malformed(String variable, String found) {
    return new UserException(
        "variable '%s': %s; write 'http://host:port' or 'http://user:password@host:port', user and password percent-encoded"
            .formatted(variable, found));
  }
}
