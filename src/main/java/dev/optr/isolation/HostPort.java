package dev.optr.isolation;

import java.net.URI;
import java.util.Locale;

/**
 * A host that confined code may reach.
 *
 * @param host a name or an address, as the program will write it
 */
public record HostPort(String host, int port) {
  public HostPort {
    host = host.toLowerCase(Locale.ROOT);
  }

  /** Reads {@code host:port}; an IPv6 address stands in brackets. */
  public static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, Math.max(colon, 0));
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    int port = port(text.substring(colon + 1));
    if (host.isEmpty() || port == 0) {
      throw new IllegalArgumentException("'" + text + "' is no host:port");
    }
    return new HostPort(host, port);
  }

  /** Where an {@code http} or {@code https} URL leads. */
  public static HostPort of(URI url) {
    String host = url.getHost();
    if (host == null) {
      throw new IllegalArgumentException("'" + url + "' names no host");
    }
    int usual = "http".equals(url.getScheme()) ? 80 : 443;
    String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return new HostPort(name, url.getPort() < 0 ? usual : url.getPort());
  }

  private static int port(String text) {
    if (!text.matches("[0-9]{1,5}")) {
      return 0;
    }
    int port = Integer.parseInt(text);
    return port > 0xFFFF ? 0 : port;
  }
}
