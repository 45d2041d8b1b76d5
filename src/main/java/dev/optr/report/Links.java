package dev.optr.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Where a run's documents can be read: at the commit that carries them, which no later push
 * changes.
 *
 * @param server base of the server's web pages
 * @param repository {@code owner/name}
 * @param anchor the commit
 */
public record Links(URI server, String repository, String anchor) {
  /**
   * The page of a file.
   *
   * @param path from the repository's root
   */
  String file(String path) {
    return page("blob", anchor) + "/" + encoded(path);
  }

  /** The page of a directory. */
  String directory(String path) {
    return page("tree", anchor) + "/" + encoded(path);
  }

  /** The page of a commit of the repository. */
  String commit(String id) {
    return page("commit", id);
  }

  private String page(String kind, String id) {
    return base() + "/" + encoded(repository) + "/" + kind + "/" + encoded(id);
  }

  private String base() {
    String text = server.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  private static String encoded(String path) {
    return Arrays.stream(path.split("/", -1))
        .map(part -> URLEncoder.encode(part, UTF_8).replace("+", "%20").replace("*", "%2A"))
        .collect(Collectors.joining("/"));
  }
}
