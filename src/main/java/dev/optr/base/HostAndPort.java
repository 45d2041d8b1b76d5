package dev.optr.base;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host with or without a port, as it is written in an address.
 *
 * @param host in lower case; an address of IPv6 without its brackets and its zone
 */
record HostAndPort(String host, OptionalInt port) {
  private static final Pattern WRITTEN =
      Pattern.compile(
          "(?:\\[([0-9A-Fa-f:.]+)(?:%25[^\\]]*)?\\]|([A-Za-z0-9._-]+))(?::([0-9]{1,5}))?");
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  /** Empty where it is neither a name nor an address, or the port is none. */
  static Optional<HostAndPort> parse(String written) {
    Matcher matcher = WRITTEN.matcher(written);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    boolean bracketed = matcher.group(1) != null;
    String host = bracketed ? matcher.group(1) : matcher.group(2);
    int port = matcher.group(3) == null ? -1 : Integer.parseInt(matcher.group(3));
    boolean sound = bracketed ? address(host).isPresent() : !host.startsWith(".");
    if (!sound || port == 0 || port > 65535) {
      return Optional.empty();
    }
    return Optional.of(
        new HostAndPort(plain(host), port < 0 ? OptionalInt.empty() : OptionalInt.of(port)));
  }

  /** In lower case, without the brackets of IPv6 and the dot that ends a whole name. */
  static String plain(String host) {
    String plain = host.toLowerCase(Locale.ROOT);
    if (plain.startsWith("[") && plain.endsWith("]")) {
      plain = plain.substring(1, plain.length() - 1).replaceFirst("%.*", "");
    }
    return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
  }

  /** The address that a text writes out; a name is never looked up. */
  static Optional<InetAddress> address(String text) {
    if (text.indexOf(':') < 0 && !IPV4.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }
}
