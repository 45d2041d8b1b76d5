package dev.optr.agents;

import dev.optr.base.Secret;
import dev.optr.base.UserException;
import dev.optr.workflow.AgentSpec;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a lane's requests go and what goes with them, checked before anything is sent. */
public final class ProviderEndpoint {
  private ProviderEndpoint() {}

  /**
   * The base URL without a final slash: the lane's own, else the vendor's variable, else the
   * vendor.
   *
   * @throws UserException where it is no http or https URL
   */
  public static String base(AgentSpec spec, Optional<String> variable, String vendor) {
    @Nullable String endpoint = spec.endpoint();
    return checked(spec, "endpoint", endpoint == null ? variable.orElse(vendor) : endpoint, vendor);
  }

  /**
   * A base URL without a final slash.
   *
   * @param what it is, for the message
   * @param like an example of what to write
   * @throws UserException where it is no http or https URL
   */
  public static String checked(AgentSpec spec, String what, String base, String like) {
    if (!isHttp(base)) {
      throw new UserException(
          "workflow: agent '%s': %s '%s' is no http or https URL; write one like '%s'"
              .formatted(spec.name(), what, ProviderFailure.oneLine(base), like));
    }
    return base.replaceAll("/+$", "");
  }

  /**
   * The model to ask, with the limits of the lane's type and backend; without a name where neither
   * the lane nor its type has one.
   *
   * @throws UserException where models of the type are not known at all
   */
  public static Models.Model model(AgentSpec spec, Models models) {
    Models.Model shipped =
        models
            .of(spec)
            .orElseThrow(
                () ->
                    new UserException(
                        "workflow: agent '"
                            + spec.name()
                            + "': type '"
                            + spec.type().id()
                            + "' has no default model; add 'model:'"));
    @Nullable String named = spec.model();
    return named == null
        ? shipped
        : new Models.Model(named, shipped.characters(), shipped.outputTokens());
  }

  /**
   * The value of a header that carries a credential.
   *
   * @throws UserException where no header can carry it; the HTTP client would put it into its own
   *     message
   */
  public static String header(AgentSpec spec, String prefix, Secret credential) {
    boolean sendable = credential.reveal().chars().allMatch(c -> 0x21 <= c && c <= 0x7e);
    if (!sendable) {
      throw new UserException(
          "agent '"
              + spec.name()
              + "': the credential holds white space or characters that no HTTP header can carry;"
              + " set it again, as the vendor shows it");
    }
    return prefix + credential.reveal();
  }

  /**
   * Whether nobody can listen to what goes to a base URL.
   *
   * @param base as {@link #checked} gives it
   */
  public static boolean isPrivate(String base) {
    URI uri = URI.create(base);
    return "https".equals(uri.getScheme())
        || Set.of("localhost", "127.0.0.1", "[::1]").contains(uri.getHost());
  }

  private static boolean isHttp(String base) {
    try {
      URI uri = new URI(base);
      return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
