package dev.optr.github;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.ServiceException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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

  /** Whoever comments more often than that wants to keep us busy. */
  private static final int MOST_PAGES = 50;

  private final GitHubConnection connection;
  private final Endpoint endpoint;
  private final Transport transport;
  private final GraphQl graphQl;
  private final MinimisedComments minimised;
  private @Nullable String ownLogin;

  Comments(GitHubConnection connection, Endpoint endpoint, Transport transport) {
    this.connection = connection;
    this.endpoint = endpoint;
    this.transport = transport;
    this.graphQl = new GraphQl(endpoint, transport);
    this.minimised = new MinimisedComments(connection, graphQl);
  }

  /**
   * Edits our oldest comment with this marker, or creates one; hides our other ones with it as
   * outdated, where GitHub lets us.
   *
   * @param marker a text that the body begins with and that no other comment of ours begins with
   * @param body at most {@link #LONGEST_BODY} characters
   * @throws ServiceException also where GitHub did not keep the comment as written
   */
  public CommentRef upsert(long pullRequest, String marker, String body) {
    if (body.length() > LONGEST_BODY || !body.startsWith(marker)) {
      throw new IllegalArgumentException(
          "a body of %d characters is too long or lacks its marker".formatted(body.length()));
    }
    List<OwnComment> existing =
        connection.perform("list the comments of #" + pullRequest, () -> find(pullRequest, marker));
    if (existing.size() > 1) {
      minimised.hide(existing.subList(1, existing.size()));
    }
    Optional<CommentRef> edited =
        existing.stream().findFirst().flatMap(oldest -> edit(oldest.reference(), marker, body));
    return edited.isPresent() ? edited.get() : create(pullRequest, marker, body);
  }

  private Optional<CommentRef> edit(CommentRef comment, String marker, String body) {
    URI address = endpoint.resource("issues/comments/" + comment.id());
    return connection.perform(
        "edit the comment " + comment.id(),
        () -> {
          try {
            return Optional.of(kept(transport.sendJson("PATCH", address, content(body)), marker));
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
      return connection.perform(what, () -> post(pullRequest, marker, body));
    } catch (ServiceException e) {
      if (!e.worthRetrying()) {
        throw e;
      }
      // The comment may have been made although we did not hear so: look before making another.
      List<OwnComment> made = connection.perform(what, () -> find(pullRequest, marker));
      return made.isEmpty()
          ? connection.perform(what, () -> post(pullRequest, marker, body))
          : made.getFirst().reference();
    }
  }

  private CommentRef post(long pullRequest, String marker, String body) throws IOException {
    URI address = endpoint.resource("issues/" + pullRequest + "/comments");
    return kept(transport.sendJson("POST", address, content(body)), marker);
  }

  /** Without its marker the comment would not be found again, and the next run would add one. */
  private static CommentRef kept(Json answer, String marker) throws IOException {
    OwnComment comment = OwnComment.read(answer);
    if (!comment.body().startsWith(marker)) {
      throw new IOException("GitHub did not keep the comment as it was written");
    }
    return comment.reference();
  }

  /** Ours with the marker, the oldest first. */
  private List<OwnComment> find(long pullRequest, String marker) throws IOException {
    List<OwnComment> found = new ArrayList<>();
    int size = PAGE;
    for (int page = 1; size == PAGE; page++) {
      if (page > MOST_PAGES) {
        throw new IOException("there are more than " + MOST_PAGES * PAGE + " of them");
      }
      List<Json> comments = page(pullRequest, page);
      size = comments.size();
      for (Json comment : comments) {
        if (comment instanceof JsonObject object && isOurs(object, marker)) {
          found.add(OwnComment.read(object));
        }
      }
    }
    return found.stream()
        .distinct()
        .sorted(Comparator.comparingLong(comment -> comment.reference().id()))
        .toList();
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
        && body.startsWith(marker)
        && ownLogin().equals(comment.object("user").text("login"));
  }

  /**
   * The login that the token acts as. REST has no answer for the token of a GitHub App, which every
   * job's token is ({@code GET /user} is refused), GraphQL has one for all kinds.
   */
  private synchronized String ownLogin() throws IOException {
    if (ownLogin == null) {
      JsonObject data = graphQl.ask("query { viewer { login } }", new JsonObject(Map.of()));
      ownLogin = data.object("viewer").text("login");
      if (ownLogin == null) {
        throw new IOException("GitHub does not say whom the token belongs to");
      }
    }
    return ownLogin;
  }

  private static JsonObject content(String body) {
    return Json.object().put("body", body).build();
  }
}
