package dev.optr.github;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.UserException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.kohsuke.github.GHIssueState;
import org.kohsuke.github.GHPullRequest;

/** The repository's pull requests. */
public final class PullRequests {
  private static final int PAGE = 100;

  private static final int MOST_PAGES = 10;

  private final GitHubConnection connection;
  private final Endpoint endpoint;
  private final Transport transport;

  PullRequests(GitHubConnection connection, Endpoint endpoint, Transport transport) {
    this.connection = connection;
    this.endpoint = endpoint;
    this.transport = transport;
  }

  /**
   * The open pull requests for a branch of this repository, the oldest first: one request per 100.
   * hub4j is not used here: it would ask for each of them again to tell a draft.
   *
   * @param base name of the branch, without {@code refs/heads/}
   * @throws dev.optr.base.ServiceException also where there are more than 1,000
   */
  public List<OpenPullRequest> openFor(String base) {
    return connection.perform("list the open pull requests", () -> list(base));
  }

  private List<OpenPullRequest> list(String base) throws IOException {
    // Those that come in meanwhile are listed last; one that a page shift shows twice counts once.
    SortedMap<Long, OpenPullRequest> open = new TreeMap<>();
    int size = PAGE;
    for (int page = 1; size == PAGE; page++) {
      if (page > MOST_PAGES) {
        throw new IOException("there are more than " + MOST_PAGES * PAGE + " of them");
      }
      List<Json> listed = page(base, page);
      size = listed.size();
      for (Json one : listed) {
        read(one, base).ifPresent(pullRequest -> open.put(pullRequest.number(), pullRequest));
      }
    }
    return List.copyOf(open.values());
  }

  private List<Json> page(String base, int page) throws IOException {
    URI address =
        endpoint.resource(
            "pulls",
            "state=open&sort=created&direction=asc&base=%s&per_page=%d&page=%d"
                .formatted(URLEncoder.encode(base, UTF_8), PAGE, page));
    if (transport.sendJson("GET", address, Json.NULL) instanceof Json.Array(List<Json> elements)) {
      return elements;
    }
    throw new IOException("GitHub's list of pull requests is no list");
  }

  /** Empty for another base, should GitHub list that too. */
  private static Optional<OpenPullRequest> read(Json listed, String base) throws IOException {
    if (!(listed instanceof JsonObject object)) {
      throw new IOException("GitHub lists a pull request that is no object");
    }
    try {
      Payload pullRequest = new Payload("", object);
      Payload head = pullRequest.object("head");
      Payload into = pullRequest.object("base");
      OpenPullRequest open =
          new OpenPullRequest(
              pullRequest.positive("number"),
              head.text("ref"),
              head.commit("sha"),
              pullRequest.bool("draft"),
              head.isNull("repo")
                  || head.object("repo").positive("id") != into.object("repo").positive("id"));
      boolean same = into.text("ref").equals(base);
      pullRequest.throwProblems();
      return same ? Optional.of(open) : Optional.empty();
    } catch (UserException malformed) {
      throw new IOException("GitHub lists a malformed pull request", malformed);
    }
  }

  /**
   * Numbers of the open pull requests whose head is a commit. All open ones are listed (one request
   * per 100), because GitHub's list by commit leaves out those whose head is on the default branch
   * already, and its list by branch those from another branch at the same commit.
   *
   * @param sha 40 hex digits
   */
  public List<Long> openWithHead(String sha) {
    return connection.perform(
        "list the open pull requests",
        () -> {
          List<Long> numbers = new ArrayList<>();
          for (GHPullRequest open :
              connection
                  .repository()
                  .queryPullRequests()
                  .state(GHIssueState.OPEN)
                  .list()
                  .withPageSize(PAGE)) {
            if (open.getHead().getSha().equals(sha)) {
              numbers.add((long) open.getNumber());
            }
          }
          return List.copyOf(numbers);
        });
  }
}
