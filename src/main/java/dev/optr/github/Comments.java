package dev.optr.github;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.ServiceException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one comment that a pull request keeps from us: found again by a hidden marker and by its
 * author, since anybody can paste a marker, and edited in place.
 *
 * <p>hub4j is not used here: it would fetch the profile of every comment's author.
 */
public final class Comments {
  /** GitHub's limit for the body of a comment, in characters. */
  public static final int LONGEST_BODY = 65_536;

  private static final int PAGE = 100;

  private final GitHubConnection connection;
  private final Endpoint endpoint;
  private final Transport transport;
  private @Nullable String ownLogin;

  Comments(GitHubConnection connection, Endpoint endpoint, Transport transport) {
    this.connection = connection;
    this.endpoint = endpoint;
    this.transport = transport;
  }

  /**
   * Edits our oldest comment with this marker, or creates one.
   *
   * @param marker a text that the body contains and that no other comment of ours does
   * @param body at most {@link #LONGEST_BODY} characters
   */
  public CommentRef upsert(long pullRequest, String marker, String body) {
    if (body.length() > LONGEST_BODY || !body.contains(marker)) {
      throw new IllegalArgumentException(
          "a body of %d characters is too long or lacks its marker".formatted(body.length()));
    }
    Optional<CommentRef> existing =
        connection
            .perform("list the comments of #" + pullRequest, () -> find(pullRequest, marker))
            .flatMap(found -> edit(found, body));
    return existing.isPresent() ? existing.get() : create(pullRequest, marker, body);
  }

  private Optional<CommentRef> edit(CommentRef comment, String body) {
    URI address = endpoint.resource("issues/comments/" + comment.id());
    return connection.perform(
        "edit the comment " + comment.id(),
        () -> {
          try {
            return Optional.of(reference(transport.sendJson("PATCH", address, content(body))));
          } catch (HttpRefusal refusal) {
            // Deleted meanwhile, or not ours after all: a new one will do.
            if (refusal.status() == 404 || refusal.status() == 403) {
              return Optional.empty();
            }
            throw refusal;
          }
        });
  }

  private CommentRef create(long pullRequest, String marker, String body) {
    String what = "comment on #" + pullRequest;
    try {
      return connection.perform(what, () -> post(pullRequest, body));
    } catch (ServiceException e) {
      if (!e.worthRetrying()) {
        throw e;
      }
      // The comment may have been made although we did not hear so: look before making another.
      Optional<CommentRef> made = connection.perform(what, () -> find(pullRequest, marker));
      return made.isPresent()
          ? made.get()
          : connection.perform(what, () -> post(pullRequest, body));
    }
  }

  private CommentRef post(long pullRequest, String body) throws IOException {
    URI address = endpoint.resource("issues/" + pullRequest + "/comments");
    return reference(transport.sendJson("POST", address, content(body)));
  }

  private Optional<CommentRef> find(long pullRequest, String marker) throws IOException {
    List<CommentRef> found = new ArrayList<>();
    int size = PAGE;
    for (int page = 1; size == PAGE; page++) {
      List<Json> comments = page(pullRequest, page);
      size = comments.size();
      for (Json comment : comments) {
        if (comment instanceof JsonObject object && isOurs(object, marker)) {
          found.add(reference(object));
        }
      }
    }
    return found.stream().min(Comparator.comparingLong(CommentRef::id));
  }

  private List<Json> page(long pullRequest, int page) throws IOException {
    URI address =
        endpoint.resource(
            "issues/" + pullRequest + "/comments", "per_page=%d&page=%d".formatted(PAGE, page));
    if (transport.sendJson("GET", address, Json.NULL) instanceof Json.Array(List<Json> elements)) {
      return elements;
    }
    throw new IOException("GitHub's list of comments is no list");
  }

  private boolean isOurs(JsonObject comment, String marker) throws IOException {
    String body = comment.text("body");
    return body != null
        && body.contains(marker)
        && ownLogin().equals(comment.object("user").text("login"));
  }

  /**
   * The login that the token acts as. REST has no answer for the token of a GitHub App, which every
   * job's token is ({@code GET /user} is refused), GraphQL has one for all kinds.
   */
  private synchronized String ownLogin() throws IOException {
    if (ownLogin == null) {
      JsonObject query = Json.object().put("query", "query { viewer { login } }").build();
      Json answer = transport.sendJson("POST", endpoint.graphqlUrl(), query);
      ownLogin =
          answer instanceof JsonObject object
              ? object.object("data").object("viewer").text("login")
              : null;
      if (ownLogin == null) {
        throw new IOException("GitHub does not say whom the token belongs to");
      }
    }
    return ownLogin;
  }

  private static JsonObject content(String body) {
    return Json.object().put("body", body).build();
  }

  private static CommentRef reference(Json comment) throws IOException {
    if (comment instanceof JsonObject object) {
      Long id = object.integer("id");
      String url = object.text("html_url");
      if (id != null && url != null) {
        return new CommentRef(id, URI.create(url));
      }
    }
    throw new IOException("GitHub's answer is no comment");
  }
}
