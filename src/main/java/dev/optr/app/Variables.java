package dev.optr.app;

import dev.optr.agents.ProviderEndpoint;
import dev.optr.base.UserException;
import dev.optr.workflow.AgentSpec;
import java.util.Map;
import java.util.Optional;

/** The environment's variables; one that is blank is none. */
final class Variables {
  private final Map<String, String> environment;

  Variables(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /**
   * The base URL that a variable names for a lane which has no endpoint of its own. The rule is
   * that of an endpoint: nobody may overhear the credential that goes there.
   *
   * @param like an example of what to write
   * @throws UserException where it is no URL, or neither https nor on this machine
   */
  Optional<String> baseUrl(AgentSpec lane, String name, String like) {
    Optional<String> value = lane.endpoint() == null ? text(name) : Optional.empty();
    return value.map(url -> checked(lane, "variable '" + name + "'", url, like));
  }

  private static String checked(AgentSpec lane, String what, String url, String like) {
    String base = ProviderEndpoint.checked(lane, what, url, like);
    if (!ProviderEndpoint.isPrivate(base)) {
      throw new UserException(
          "agent '%s': %s '%s' is no https URL, so the credential could be overheard; write one like '%s'"
              .formatted(lane.name(), what, base, like));
    }
    return base;
  }
}
