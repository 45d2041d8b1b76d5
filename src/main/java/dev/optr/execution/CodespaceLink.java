package dev.optr.execution;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.util.regex.Pattern;

/**
 * Where a candidate can be tried by hand: a branch that holds it and means nothing else, and the
 * page that opens a codespace on that branch (docs.github.com, "Facilitating quick creation and
 * resumption of codespaces").
 *
 * @param branch short name
 */
public record CodespaceLink(String branch, URI page) {
  private static final Pattern AGENT = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");
  private static final Pattern TREE = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern REPOSITORY =
      Pattern.compile("[A-Za-z0-9._-]{1,100}/[A-Za-z0-9._-]{1,100}");

  /**
   * @param repository {@code owner/name} at github.com
   * @param agent the lane's name
   * @param tree id of the candidate's tree
   */
  public static CodespaceLink of(String repository, String agent, String tree) {
    boolean sound =
        REPOSITORY.matcher(repository).matches()
            && AGENT.matcher(agent).matches()
            && TREE.matcher(tree).matches();
    if (!sound) {
      throw new IllegalArgumentException("no repository, agent and tree that a link can name");
    }
    String branch = "optr/open/%s-%s".formatted(agent, tree.substring(0, 12));
    // The branch is one part of the page's path, slashes and all.
    String page = "https://codespaces.new/" + repository + "/tree/" + path(branch);
    return new CodespaceLink(branch, URI.create(page));
  }

  private static String path(String branch) {
    return URLEncoder.encode(branch, UTF_8).replace("%2F", "/");
  }
}
