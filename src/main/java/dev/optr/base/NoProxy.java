package dev.optr.base;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Hosts that are reached without a proxy, as Go's and curl's users write them: {@code *}, {@code
 * host}, which covers the names below it too, {@code .domain} and {@code *.domain}, which cover
 * only those below it, addresses, blocks of addresses, and any of the names and addresses with a
 * port. Addresses are compared with addresses in a URL alone; no name is looked up.
 */
final class NoProxy {
  private final List<Rule> rules;

  private sealed interface Rule {}

  private record Everything() implements Rule {}

  private record Name(String name, boolean itself, OptionalInt port) implements Rule {}

  private record Address(InetAddress address, OptionalInt port) implements Rule {}

  private record Block(InetAddress network, int bits) implements Rule {}

  private NoProxy(List<Rule> rules) {
    this.rules = rules;
  }

  /**
   * Reads entries between commas or white space.
   *
   * @throws UserException naming the entry that is none of these
   */
  static NoProxy parse(String variable, String value) {
    return new NoProxy(
        Arrays.stream(value.split("[,\\s]+"))
            .filter(entry -> !entry.isEmpty())
            .map(entry -> rule(variable, entry))
            .toList());
  }

  /**
   * @param port the URL's own, or its scheme's
   */
  boolean covers(String host, int port) {
    String plain = HostAndPort.plain(host);
    Optional<InetAddress> address = HostAndPort.address(plain);
    return rules.stream()
        .anyMatch(
            rule ->
                switch (rule) {
                  case Everything _ -> true;
                  case Name name -> isPort(name.port(), port) && isNamed(name, plain);
                  case Address one ->
                      isPort(one.port(), port) && address.filter(one.address()::equals).isPresent();
                  case Block block -> address.filter(inside -> holds(block, inside)).isPresent();
                });
  }

  private static boolean isPort(OptionalInt wanted, int port) {
    return wanted.isEmpty() || wanted.getAsInt() == port;
  }

  private static boolean isNamed(Name rule, String host) {
    return (rule.itself() && host.equals(rule.name())) || host.endsWith("." + rule.name());
  }

  private static boolean holds(Block block, InetAddress address) {
    byte[] network = block.network().getAddress();
    byte[] bytes = address.getAddress();
    if (bytes.length != network.length) {
      return false;
    }
    for (int bit = 0; bit < block.bits(); bit++) {
      if (bit(bytes, bit) != bit(network, bit)) {
        return false;
      }
    }
    return true;
  }

  private static int bit(byte[] bytes, int index) {
    return bytes[index / 8] >> (7 - index % 8) & 1;
  }

  private static Rule rule(String variable, String entry) {
    if (entry.equals("*")) {
      return new Everything();
    }
    return (entry.indexOf('/') >= 0 ? block(entry) : hostRule(entry))
        .orElseThrow(() -> malformed(variable, entry));
  }

  private static Optional<Rule> block(String entry) {
    int slash = entry.indexOf('/');
    String bits = entry.substring(slash + 1);
    return HostAndPort.address(HostAndPort.plain(entry.substring(0, slash)))
        .filter(
            network ->
                bits.matches("[0-9]{1,3}")
                    && Integer.parseInt(bits) <= network.getAddress().length * Byte.SIZE)
        .map(network -> new Block(network, Integer.parseInt(bits)));
  }

  private static Optional<Rule> hostRule(String entry) {
    Optional<InetAddress> bare = HostAndPort.address(HostAndPort.plain(entry));
    if (bare.isPresent()) {
      return bare.map(address -> new Address(address, OptionalInt.empty()));
    }
    boolean below = entry.startsWith(".") || entry.startsWith("*.");
    String name = below ? entry.substring(entry.indexOf('.') + 1) : entry;
    return HostAndPort.parse(name)
        .map(
            parsed ->
                HostAndPort.address(parsed.host())
                    .<Rule>map(address -> new Address(address, parsed.port()))
                    .orElseGet(() -> new Name(parsed.host(), !below, parsed.port())));
  }

  private static UserException malformed(String variable, String entry) {
    return new UserException(
        "variable '%s': '%s' is not understood; write '*', a host, '.domain', an address or a block such as '10.0.0.0/8', with commas between"
            .formatted(variable, Printable.line(entry)));
  }
}
