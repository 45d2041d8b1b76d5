package dev.optr.github;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;

/**
 * A comment of ours as GitHub shows it.
 *
 * @param node its id in GraphQL, empty where GitHub does not tell it
 * @param hidden true where GitHub tells that it is minimised
 */
record OwnComment(CommentRef reference, String body, String node, boolean hidden) {
  static OwnComment read(Json answer) throws IOException {
    if (answer instanceof JsonObject object) {
      Long id = object.integer("id");
      String url = object.text("html_url");
      if (id != null && url != null) {
        return new OwnComment(
            new CommentRef(id, address(url)),
            Objects.requireNonNullElse(object.text("body"), ""),
            Objects.requireNonNullElse(object.text("node_id"), ""),
            object.get("minimized") instanceof JsonObject);
      }
    }
    throw new IOException("GitHub's answer is no comment");
  }

  private static URI address(String url) throws IOException {
    try {
      return URI.create(url);
    } catch (IllegalArgumentException e) {
      throw new IOException("GitHub's answer is no comment", e);
    }
  }
}
