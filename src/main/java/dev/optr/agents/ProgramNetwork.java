package dev.optr.agents;

import dev.optr.base.Network;
import dev.optr.isolation.HostPort;
import dev.optr.isolation.Isolation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The way of a lane's program to its hosts. A confined one has none but the proxy of its own run,
 * which connects to them itself.
 */
final class ProgramNetwork {
  private static final String AUTHORITIES = "SSL_CERT_FILE";
  private static final List<String> PROXIES =
      List.of("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY");

  private final Map<String, String> environment;
  private final Supplier<Network> way;

  ProgramNetwork(Map<String, String> environment, Supplier<Network> way) {
    this.environment = Map.copyOf(environment);
    this.way = way;
  }

  /** Why these hosts cannot be opened to a confined program, if so. */
  Optional<String> refusal(Isolation isolation, List<HostPort> hosts) {
    if (hosts.isEmpty()) {
      return Optional.empty();
    }
    if (!isolation.opensHosts()) {
      return Optional.of(
          "this machine cannot open single hosts to a confined program, and this one needs "
              + names(hosts)
              + "; 'isolation: off' in the workflow file runs it unconfined");
    }
    List<HostPort> behind = hosts.stream().filter(host -> !reachedDirectly(host)).toList();
    return behind.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "a confined program cannot be led through a proxy, and HTTPS_PROXY names one for "
                + names(behind)
                + "; add them to NO_PROXY where they can be reached without it, or write"
                + " 'isolation: off' in the workflow file, which runs it unconfined");
  }

  private boolean reachedDirectly(HostPort host) {
    return way.get().isDirect(host.host(), host.port());
  }

  private static String names(List<HostPort> hosts) {
    return String.join(", ", hosts.stream().map(HostPort::host).toList());
  }

  /** What a confined program gets of our environment. */
  Map<String, String> confined() {
    return named(List.of(AUTHORITIES));
  }

  /** What an unconfined one gets besides. */
  Map<String, String> unconfined() {
    Map<String, String> all = new HashMap<>(confined());
    all.putAll(named(PROXIES));
    return all;
  }

  /** What it reads there. */
  List<Path> files() {
    return confined().values().stream()
        .map(Path::of)
        .filter(file -> file.isAbsolute() && Files.exists(file))
        .toList();
  }

  /** In both cases of their names; a login in one of them is no program's. */
  private Map<String, String> named(List<String> names) {
    Map<String, String> found = new HashMap<>();
    for (String name : names) {
      for (String spelled : List.of(name, name.toLowerCase(Locale.ROOT))) {
        String value = environment.getOrDefault(spelled, "");
        if (!value.isBlank() && !value.contains("@")) {
          found.put(spelled, value);
        }
      }
    }
    return found;
  }
}
