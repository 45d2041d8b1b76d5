package dev.optr.github;

import dev.optr.base.CanonicalJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.Secret;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHEventPayload;
import org.kohsuke.github.GHException;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubBuilder;

/**
 * One repository on GitHub, with one token. Requests end after 30 s; those that may be repeated are
 * tried three times; waiting for GitHub takes at most 90 s in all.
 *
 * <p>Every operation throws {@link ServiceException} where GitHub does not work, {@link
 * UserException} where it does not accept the token, and {@link ReadOnlyTokenException} where the
 * token may not write.
 */
public final class GitHubConnection {
  private final Endpoint endpoint;
  private final Transport transport;
  private final GHRepository repository;
  private final Comments comments;

  private GitHubConnection(Endpoint endpoint, Transport transport, GHRepository repository) {
    this.endpoint = endpoint;
    this.transport = transport;
    this.repository = repository;
    this.comments = new Comments(this, endpoint, transport);
  }

  /**
   * Prepares a connection; nothing is sent yet.
   *
   * @param client must not follow redirects and must have a connect timeout (10 s is right); brings
   *     proxy and trust
   * @param userAgent {@code optr/<version>}, with the run's id where there is one
   */
  public static GitHubConnection open(
      HttpClient client, Endpoint endpoint, Secret token, String userAgent, InstantSource clock) {
    if (client.followRedirects() != HttpClient.Redirect.NEVER
        || client.connectTimeout().isEmpty()) {
      throw new IllegalArgumentException(
          "the client must not follow redirects and must have a connect timeout");
    }
    Patience patience = new Patience(Thread::sleep);
    return over(endpoint, new Transport(client, endpoint, token, userAgent, clock, patience));
  }

  static GitHubConnection over(Endpoint endpoint, Transport transport) {
    try {
      // No credential is set: the transport adds the token.
      GitHub library =
          new GitHubBuilder()
              .withEndpoint(endpoint.apiUrl().toString())
              .withConnector(new LibraryConnector(transport))
              .build();
      return new GitHubConnection(endpoint, transport, repository(library, endpoint));
    } catch (IOException e) {
      throw new IllegalStateException("building a client sends nothing", e);
    }
  }

  /**
   * The repository as hub4j knows it, made of its name: to be asked for it would be a request of
   * every run, whose answer nobody needs.
   */
  private static GHRepository repository(GitHub library, Endpoint endpoint) throws IOException {
    String name = endpoint.repository();
    int slash = name.indexOf('/');
    JsonObject owner = Json.object().put("login", name.substring(0, slash)).build();
    JsonObject repository =
        Json.object()
            .put("name", name.substring(slash + 1))
            .put("full_name", name)
            .put("owner", owner)
            .build();
    String payload = CanonicalJson.text(Json.object().put("repository", repository).build());
    return library
        .parseEventPayload(new StringReader(payload), GHEventPayload.Ping.class)
        .getRepository();
  }

  /** Commit statuses. */
  public Statuses statuses() {
    return new Statuses(this);
  }

  /** Comments on pull requests. */
  public Comments comments() {
    return comments;
  }

  /** Commits and branches. */
  public GitData gitData() {
    return new GitData(this, endpoint, transport);
  }

  /** Pull requests. */
  public PullRequests pullRequests() {
    return new PullRequests(this, endpoint, transport);
  }

  /** The repository itself. */
  public Repositories repositories() {
    return new Repositories(this, endpoint, transport);
  }

  /** People, as far as they may do something here. */
  public Collaborators collaborators() {
    return new Collaborators(this, endpoint, transport);
  }

  /** Reactions to comments. */
  public Reactions reactions() {
    return new Reactions(this, endpoint, transport);
  }

  /** Check runs. */
  public CheckRuns checkRuns() {
    return new CheckRuns(this);
  }

  /** Jobs of workflow runs. */
  public WorkflowJobs workflowJobs() {
    return new WorkflowJobs(this, endpoint, transport);
  }

  /** An operation made of requests, which fails as one. */
  @FunctionalInterface
  interface Operation<T> {
    T perform() throws IOException;
  }

  /**
   * Performs an operation.
   *
   * @param what completes "could not ..."
   */
  <T> T perform(String what, Operation<T> operation) {
    try {
      return operation.perform();
    } catch (IOException | GHException e) {
      throw fault(what, e);
    }
  }

  /** The repository, of which hub4j knows nothing but the name. */
  GHRepository repository() {
    return repository;
  }

  /** The cause of a fault that is of the given type, or null. */
  static <E extends Throwable> @Nullable E cause(Throwable fault, Class<E> type) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }

  private static RuntimeException fault(String what, Exception e) {
    HttpRefusal refusal = cause(e, HttpRefusal.class);
    if (refusal != null) {
      return fault(what, refusal);
    }
    Unanswered unanswered = cause(e, Unanswered.class);
    if (unanswered != null) {
      String message = "could not " + what + ": " + unanswered.getMessage();
      return unanswered.worthRetrying()
          ? ServiceException.passing(message, unanswered)
          : ServiceException.lasting(message, unanswered);
    }
    if (cause(e, InterruptedIOException.class) != null) {
      return ServiceException.lasting("could not " + what + ": interrupted", e);
    }
    RateLimited limited = cause(e, RateLimited.class);
    return ServiceException.lasting(
        "could not " + what + ": " + (limited == null ? e : limited).getMessage(), e);
  }

  private static RuntimeException fault(String what, HttpRefusal refusal) {
    String told = "HTTP " + refusal.status() + ": " + refusal.getMessage();
    if (refusal.status() == 401) {
      return new UserException(
          "input 'github-token': GitHub does not accept it (" + told + "); pass a valid token");
    }
    if (refusal.status() == 403 && told.contains("Resource not accessible by")) {
      return new ReadOnlyTokenException("the token may not " + what + " (" + told + ")", refusal);
    }
    String message = "could not " + what + ": " + told;
    return refusal.status() >= 500
        ? ServiceException.passing(message, refusal)
        : ServiceException.lasting(message, refusal);
  }
}
