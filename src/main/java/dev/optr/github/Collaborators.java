package dev.optr.github;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * People, as far as they may do something in the repository (REST API, "Collaborators"). An event's
 * {@code author_association} does not tell: it hides private members of an organisation.
 */
public final class Collaborators {
  private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9_-]{1,100}(\\[bot])?");

  private final GitHubConnection connection;
  private final Endpoint endpoint;
  private final Transport transport;

  Collaborators(GitHubConnection connection, Endpoint endpoint, Transport transport) {
    this.connection = connection;
    this.endpoint = endpoint;
    this.transport = transport;
  }

  /**
   * What somebody may do; {@link Permission#NONE} where GitHub does not know them.
   *
   * @param login as an event or a comment names them
   */
  public Permission permission(String login) {
    if (!LOGIN.matcher(login).matches()) {
      return Permission.NONE;
    }
    return connection.perform("ask what '" + login + "' may do", () -> ask(login));
  }

  private Permission ask(String login) throws IOException {
    try {
      Json answer =
          transport.sendJson(
              "GET", endpoint.resource("collaborators/" + login + "/permission"), Json.NULL);
      return read(answer, login);
    } catch (HttpRefusal refusal) {
      if (refusal.status() == 404) {
        return Permission.NONE;
      }
      throw refusal;
    }
  }

  private static Permission read(Json answer, String login) throws IOException {
    String word = "";
    if (answer instanceof JsonObject object) {
      String about = object.object("user").text("login");
      if (about != null && !about.equalsIgnoreCase(login)) {
        throw new IOException("GitHub answered for somebody else");
      }
      word = String.valueOf(object.text("permission"));
    }
    return switch (word) {
      case "none" -> Permission.NONE;
      case "read", "triage" -> Permission.READ;
      case "write", "maintain" -> Permission.WRITE;
      case "admin" -> Permission.ADMIN;
      default -> throw new IOException("GitHub's answer names no permission that is known");
    };
  }
}
