package dev.optr.agents.copilot;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A repository at GitHub.
 *
 * @param server base of web pages and of git over HTTPS, without a final slash
 */
public record GitHubRepository(URI server, String owner, String name) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");
  private static final Pattern SLUG = Pattern.compile("([^/]+)/([^/]+?)(?:\\.git)?/?");
  private static final Pattern URL =
      Pattern.compile("(?:https|http|ssh|git)://(?:[^/@]+@)?([^/:@]+)(?::[0-9]+)?/(.+)");
  private static final Pattern SCP = Pattern.compile("(?:[^/@:]+@)?([^/:@]+):(?!//)(.+)");

  /**
   * @param slug {@code owner/name}
   * @return empty where it is none
   */
  public static Optional<GitHubRepository> of(URI server, String slug) {
    Matcher matcher = SLUG.matcher(slug);
    if (!matcher.matches() || !isName(matcher.group(1)) || !isName(matcher.group(2))) {
      return Optional.empty();
    }
    return Optional.of(new GitHubRepository(server, matcher.group(1), matcher.group(2)));
  }

  /**
   * The repository that a remote's URL names, in any of git's forms ({@code https://host/o/r.git},
   * {@code ssh://git@host/o/r}, {@code git@host:o/r.git}).
   *
   * @param server whose host the URL must have
   * @return empty where it names none of that server
   */
  public static Optional<GitHubRepository> ofRemote(URI server, String url) {
    for (Pattern form : new Pattern[] {URL, SCP}) {
      Matcher matcher = form.matcher(url.strip());
      if (matcher.matches()) {
        return isHost(server, matcher.group(1)) ? of(server, matcher.group(2)) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Where git fetches it from. */
  public URI remote() {
    return URI.create(server + "/" + this + ".git");
  }

  /** {@code owner/name}. */
  @Override
  public String toString() {
    return owner + "/" + name;
  }

  /** Some networks reach GitHub's ssh by another name, at port 443. */
  private static boolean isHost(URI server, String host) {
    return host.equalsIgnoreCase(server.getHost())
        || host.equalsIgnoreCase("ssh." + server.getHost());
  }

  private static boolean isName(String part) {
    return NAME.matcher(part).matches() && !part.equals(".") && !part.equals("..");
  }
}
