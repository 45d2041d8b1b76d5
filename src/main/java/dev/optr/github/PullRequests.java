package dev.optr.github;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.UserException;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The repository's pull requests (REST API, "Pulls"). */
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
   * One pull request as it is now, in place of an event.
   *
   * @param repository the repository, as the event at hand shows it
   * @throws UserException where there is none of this number
   */
  public PullRequestEvent get(long number, PullRequestEvent.Repository repository) {
    return connection.perform("read pull request #" + number, () -> ask(number, repository));
  }

  private PullRequestEvent ask(long number, PullRequestEvent.Repository repository)
      throws IOException {
    try {
      Json answer = transport.sendJson("GET", endpoint.resource("pulls/" + number), Json.NULL);
      if (answer instanceof JsonObject object) {
        return checked(PullRequestEvent.asked(object, repository), number);
      }
      throw new IOException("GitHub's answer is no pull request");
    } catch (UserException malformed) {
      throw new IOException("GitHub's answer is no pull request", malformed);
    } catch (HttpRefusal refusal) {
      if (refusal.status() == 404) {
        throw new UserException(
            "there is no pull request #%d in %s, or the token may not see it"
                .formatted(number, endpoint.repository()));
      }
      throw refusal;
    }
  }

  private static PullRequestEvent checked(PullRequestEvent asked, long number) throws IOException {
    if (asked.number() != number || asked.base().repositoryId() != asked.repository().id()) {
      throw new IOException("GitHub answered with another pull request");
    }
    return asked;
  }

  /**
   * All open pull requests, the oldest first: one request per 100.
   *
   * @throws dev.optr.base.ServiceException also where there are more than 1,000
   */
  public List<OpenPullRequest> open() {
    return connection.perform("list the open pull requests", () -> list(""));
  }

  /**
   * The open pull requests for a branch of this repository, the oldest first: one request per 100.
   *
   * @param base name of the branch, without {@code refs/heads/}
   * @throws dev.optr.base.ServiceException also where there are more than 1,000
   */
  public List<OpenPullRequest> openFor(String base) {
    // GitHub might list those for another base too.
    return connection
        .perform(
            "list the open pull requests", () -> list("&base=" + URLEncoder.encode(base, UTF_8)))
        .stream()
        .filter(open -> open.base().equals(base))
        .toList();
  }

  /**
   * Numbers of the open pull requests whose head is a commit. All open ones are listed (one request
   * per 100), because GitHub's list by commit leaves out those whose head is on the default branch
   * already, and its list by branch those from another branch at the same commit.
   *
   * @param sha 40 hex digits
   */
  public List<Long> openWithHead(String sha) {
    return open().stream()
        .filter(open -> open.commit().equals(sha))
        .map(OpenPullRequest::number)
        .toList();
  }

  private List<OpenPullRequest> list(String filter) throws IOException {
    // Those that come in meanwhile are listed last; one that a page shift shows twice counts once.
    SortedMap<Long, OpenPullRequest> open = new TreeMap<>();
    int size = PAGE;
    for (int page = 1; size == PAGE; page++) {
      if (page > MOST_PAGES) {
        throw new IOException("there are more than " + MOST_PAGES * PAGE + " of them");
      }
      List<Payload> listed = page("state=open&sort=created&direction=asc" + filter, PAGE, page);
      size = listed.size();
      for (Payload one : listed) {
        OpenPullRequest read = ListedPullRequest.open(one);
        open.put(read.number(), read);
      }
    }
    return List.copyOf(open.values());
  }

  /**
   * Pull requests that are closed, those that something happened to last first: one request per
   * 100.
   *
   * @param most how many at most
   */
  public List<ClosedPullRequest> recentlyClosed(int most) {
    return connection.perform("list the closed pull requests", () -> closed(most));
  }

  private List<ClosedPullRequest> closed(int most) throws IOException {
    int wanted = Math.clamp(most, 1, PAGE);
    Map<Long, ClosedPullRequest> closed = new LinkedHashMap<>();
    int size = wanted;
    for (int page = 1; size == wanted && closed.size() < most && page <= MOST_PAGES; page++) {
      List<Payload> listed = page("state=closed&sort=updated&direction=desc", wanted, page);
      size = listed.size();
      for (Payload one : listed) {
        ClosedPullRequest read = ListedPullRequest.closed(one);
        closed.putIfAbsent(read.number(), read);
      }
    }
    return closed.values().stream().limit(most).toList();
  }

  private List<Payload> page(String query, int size, int page) throws IOException {
    Json answer =
        transport.sendJson(
            "GET",
            endpoint.resource("pulls", query + "&per_page=%d&page=%d".formatted(size, page)),
            Json.NULL);
    if (!(answer instanceof Json.Array(List<Json> elements))) {
      throw new IOException("GitHub's list of pull requests is no list");
    }
    List<Payload> listed = new ArrayList<>();
    for (Json element : elements) {
      if (!(element instanceof JsonObject object)) {
        throw new IOException("GitHub lists a pull request that is no object");
      }
      listed.add(new Payload("", object));
    }
    return listed;
  }
}
