package dev.optr.testing;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.optr.base.JsonException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * GitHub's REST API on loopback, as far as the program uses it, over a real bare repository: its
 * git database writes objects and refs there. A request that is not expected is answered 418 and
 * kept. Repository {@code acme/widgets}, id 4711; every request must carry {@link #TOKEN}.
 */
public final class FakeGitHub implements AutoCloseable {
  public static final String REPOSITORY = "acme/widgets";
  public static final long REPOSITORY_ID = 4711;
  public static final String TOKEN = "ghs_Th1sIsTheJobsOwnT0kenAndN0body5ees1t";

  /**
   * A request as it came in.
   *
   * @param path with its query, as sent
   * @param headers by lower-case name
   */
  public record Request(String method, String path, Map<String, String> headers, String body) {
    /** Method and path, for comparing. */
    public String line() {
      return method + " " + path;
    }
  }

  /** A commit status that was set. */
  public record Status(
      String sha, String state, String context, String description, String targetUrl) {}

  /** A comment as it stands. */
  public record Comment(long id, long pullRequest, String author, String body) {}

  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Request> unexpected = new CopyOnWriteArrayList<>();
  private final List<Consumer<Request>> listeners = new CopyOnWriteArrayList<>();
  private final FakeFaults faults = new FakeFaults();
  private final FakeGitObjects objects;
  private final FakeConversation conversation;
  private final FakePullRequests pullRequests;
  private final FakePeople people = new FakePeople();
  private final FakeJobs jobs = new FakeJobs();
  private final WireMockServer server;
  private final String restPath;
  private final String graphqlPath;

  /**
   * Starts the server.
   *
   * @param bareRepository an existing bare repository
   */
  public FakeGitHub(Path bareRepository) {
    this(bareRepository, "", "/graphql");
  }

  /** With the addresses of an enterprise's own server: {@code /api/v3} and {@code /api/graphql}. */
  public static FakeGitHub enterprise(Path bareRepository) {
    return new FakeGitHub(bareRepository, "/api/v3", "/api/graphql");
  }

  private FakeGitHub(Path bareRepository, String restPath, String graphqlPath) {
    this.restPath = restPath;
    this.graphqlPath = graphqlPath;
    server =
        new WireMockServer(
            WireMockConfiguration.options().dynamicPort().extensions(new Answers(this)));
    server.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.aResponse()));
    server.start();
    objects = new FakeGitObjects(bareRepository, server.baseUrl());
    conversation = new FakeConversation(objects, server.baseUrl());
    pullRequests = new FakePullRequests(objects);
  }

  /** Base of the REST API. */
  public URI apiUrl() {
    return URI.create(server.baseUrl() + restPath);
  }

  /** Address of the GraphQL API. */
  public URI graphqlUrl() {
    return URI.create(server.baseUrl() + graphqlPath);
  }

  /** Everything that was asked, in order. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Everything that was asked, as method and path. */
  public List<String> requestLines() {
    return requests.stream().map(Request::line).toList();
  }

  /** Statuses in the order they were set. */
  public List<Status> statuses() {
    return conversation.statuses();
  }

  /** Comments in the order they were made, as they stand now. */
  public List<Comment> comments() {
    return conversation.comments();
  }

  /** Is told of every request before it is answered. */
  public void listen(Consumer<Request> listener) {
    listeners.add(listener);
  }

  /** Fails where a request came that nobody foresaw. */
  public void assertNoUnexpectedRequests() {
    if (!unexpected.isEmpty()) {
      throw new AssertionError(
          "unexpected requests: " + unexpected.stream().map(Request::line).toList());
    }
  }

  /** Opens a pull request; its base is {@code main}. */
  public void openPullRequest(long number, String headRef, String headSha) {
    pullRequests.open(number, headRef, headSha, "main", false, REPOSITORY_ID);
  }

  /** See {@link FakePullRequests#open}. */
  public void openPullRequest(
      long number, String headRef, String headSha, String base, boolean draft, long repository) {
    pullRequests.open(number, headRef, headSha, base, draft, repository);
  }

  /** Pull requests. */
  public FakePullRequests pullRequests() {
    return pullRequests;
  }

  /** Permissions, reactions and check runs. */
  public FakePeople people() {
    return people;
  }

  /** Ids of the comments that were hidden as outdated. */
  public List<Long> minimisedComments() {
    return conversation.minimised();
  }

  /** Lets somebody comment; gives the comment's id. */
  public long comment(long pullRequest, String author, String body) {
    return conversation.add(pullRequest, author, body).id();
  }

  /** Deletes a comment. */
  public void deleteComment(long id) {
    conversation.delete(id);
  }

  /** Every request from now on, to be held against GitHub's own description. */
  public VendorTraffic traffic() {
    return VendorTraffic.of(server);
  }

  /** The server itself, for its traffic. */
  public WireMockServer server() {
    return server;
  }

  /** Jobs of workflow runs. */
  public FakeJobs jobs() {
    return jobs;
  }

  /** The login that the token belongs to; {@code github-actions[bot]} at first. */
  public void actAs(String login) {
    conversation.actAs(login);
  }

  /** Gives the token the rights it has in a fork's run: every write is refused. */
  public void makeTokenReadOnly() {
    forbid("POST|PATCH|PUT|DELETE", "(?!/graphql$).*");
  }

  /** Takes a right from the token: requests like these are refused from now on. */
  public void forbid(String methods, String pathPattern) {
    FakeReply refusal = FakeReply.error(403, "Resource not accessible by integration");
    faults.always(methods, pathPattern, refusal);
  }

  /** Refuses every move of a branch with GitHub's words. */
  public void protectBranch(String branch, String words) {
    objects.references().protect(branch, words);
  }

  /** Runs something right before the next move of a branch is carried out. */
  public void beforeNextMove(Runnable action) {
    objects.references().beforeNextMove(action);
  }

  /** Answers the next matching request so, and does nothing. */
  public void answerOnce(
      String method, String pathPattern, int status, Map<String, String> headers, String body) {
    faults.answerOnce(method, pathPattern, new FakeReply(status, headers, body));
  }

  /** Carries out the next matching request, but answers late. */
  public void delayOnce(String method, String pathPattern, Duration delay) {
    faults.delayOnce(method, pathPattern, delay);
  }

  private synchronized FakeReply answer(Request request) {
    requests.add(request);
    listeners.forEach(listener -> listener.accept(request));
    Optional<FakeReply> scripted = faults.answer(request);
    if (scripted.isPresent()) {
      return scripted.get();
    }
    if (!("Bearer " + TOKEN).equals(request.headers().get("authorization"))) {
      return FakeReply.error(401, "Bad credentials");
    }
    try {
      Optional<FakeReply> ofPeople = people.answer(request);
      if (ofPeople.isPresent()) {
        return ofPeople.get();
      }
      return objects
          .answer(request)
          .or(() -> pullRequests.answer(request, server.baseUrl()))
          .or(() -> conversation.answer(request))
          .or(() -> jobs.answer(request))
          .orElseGet(() -> refuse(request));
    } catch (JsonException e) {
      return FakeReply.error(400, "Problems parsing JSON");
    }
  }

  /** As the public server would have it; what is beside both APIs is kept and not expected. */
  private String inside(String url) {
    if (url.equals(graphqlPath)) {
      return "/graphql";
    }
    return url.startsWith(restPath + "/") ? url.substring(restPath.length()) : "beside " + url;
  }

  /** Forgets what it was told to do wrong and has not done yet. */
  public void forgetFaults() {
    faults.clear();
  }

  private FakeReply refuse(Request request) {
    unexpected.add(request);
    return FakeReply.error(418, "not expected: " + request.line());
  }

  @Override
  public void close() {
    server.stop();
    objects.close();
  }

  private record Answers(FakeGitHub github) implements ResponseDefinitionTransformerV2 {
    @Override
    public String getName() {
      return "github";
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
      Request request = recorded(event.getRequest());
      FakeReply reply = github.answer(request);
      ResponseDefinitionBuilder builder =
          WireMock.aResponse()
              .withStatus(reply.status())
              .withBody(reply.body())
              .withFixedDelay((int) github.faults.delay(request).toMillis());
      reply.headers().forEach(builder::withHeader);
      return builder.build();
    }

    private Request recorded(LoggedRequest request) {
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      request.getHeaders().all().forEach(header -> headers.put(header.key(), header.firstValue()));
      return new Request(
          request.getMethod().getName(),
          github.inside(request.getUrl()),
          headers,
          request.getBodyAsString());
    }
  }
}
