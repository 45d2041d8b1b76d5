package dev.optr.github;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where GitHub is, and which repository is meant.
 *
 * @param apiUrl base of the REST API, without a slash at its end
 * @param graphqlUrl address of the GraphQL API
 * @param repository {@code owner/name}
 */
public record Endpoint(URI apiUrl, URI graphqlUrl, String repository) {
  private static final Pattern REPOSITORY =
      Pattern.compile("(?!\\.+/)[A-Za-z0-9._-]+/(?!\\.+$)[A-Za-z0-9._-]+");

  public Endpoint {
    if (!REPOSITORY.matcher(repository).matches()) {
      throw new IllegalArgumentException("no 'owner/name': '" + repository + "'");
    }
  }

  /** Address of the repository. */
  URI repositoryUrl() {
    return URI.create(apiUrl + "/repos/" + repository);
  }

  /** Address of a resource of the repository, whatever characters its path has. */
  URI resource(String path) {
    return URI.create(apiUrl + "/repos/" + repository + "/" + encoded(path));
  }

  /** Address of a resource of the repository with a query, which needs no encoding. */
  URI resource(String path, String query) {
    return URI.create(resource(path) + "?" + query);
  }

  private static String encoded(String path) {
    try {
      // Some servers take a plus sign for a blank, as in a form.
      return new URI(null, null, "/" + path, null).toASCIIString().substring(1).replace("+", "%2B");
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("no path: '" + path + "'", e);
    }
  }

  /** True for addresses of the two APIs. Beside them the same server may hold anything. */
  boolean serves(URI address) {
    return (sameServer(address, apiUrl) && within(address, apiUrl))
        || (sameServer(address, graphqlUrl) && address.getPath().equals(graphqlUrl.getPath()));
  }

  private static boolean sameServer(URI one, URI other) {
    return other.getScheme().equalsIgnoreCase(one.getScheme())
        && other.getAuthority().equalsIgnoreCase(one.getAuthority());
  }

  private static boolean within(URI address, URI base) {
    String path = address.normalize().getRawPath();
    return path.startsWith(base.getRawPath() + "/")
        && !path.toLowerCase(Locale.ROOT).contains("%2e");
  }
}
