package dev.optr.github;

import dev.optr.base.Bytes;
import dev.optr.base.CanonicalJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Every request to GitHub goes through here, and only here are requests repeated. The token is
 * added here too, and only for GitHub's own addresses, so that the library above never holds it;
 * and it is taken out of every error that GitHub sends back.
 */
final class Transport {
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
  private static final List<Duration> PAUSES =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(4));

  private static final int MOST_MOVES = 3;

  /** A page of a hundred pull requests with long descriptions is below ten. */
  private static final long MOST_BYTES = 32L << 20;

  private final HttpClient client;
  private final Endpoint endpoint;
  private final Secret token;
  private final Redactor redactor;
  private final String userAgent;
  private final InstantSource clock;
  private final Patience patience;
  private final Duration requestTimeout;

  Transport(
      HttpClient client,
      Endpoint endpoint,
      Secret token,
      String userAgent,
      InstantSource clock,
      Patience patience) {
    this(client, endpoint, token, userAgent, clock, patience, REQUEST_TIMEOUT);
  }

  Transport(
      HttpClient client,
      Endpoint endpoint,
      Secret token,
      String userAgent,
      InstantSource clock,
      Patience patience,
      Duration requestTimeout) {
    this.client = client;
    this.endpoint = endpoint;
    this.token = token;
    this.redactor = new Redactor(List.of(token));
    this.userAgent = userAgent;
    this.clock = clock;
    this.patience = patience;
    this.requestTimeout = requestTimeout;
  }

  /**
   * Sends one request and gives its answer, which is no error. A resource that moved is looked for
   * at its new address, where that is GitHub's too.
   *
   * @throws HttpRefusal where GitHub answers with an error
   * @throws Unanswered where it does not answer in time
   * @throws RateLimited where it asks for more time than is left
   */
  Reply send(String method, URI address, byte[] body) throws IOException {
    URI current = address;
    for (int moves = 0; ; moves++) {
      Reply reply = accepted(repeated(method, current, body));
      Optional<URI> onward = reply.movedTo(method, current);
      if (onward.isEmpty()) {
        return settled(reply);
      }
      if (moves == MOST_MOVES) {
        throw new HttpRefusal(reply.status(), "it is moved again and again");
      }
      current = onward.get();
    }
  }

  private Reply repeated(String method, URI address, byte[] body) throws IOException {
    HttpRequest request = request(method, address, body);
    for (int attempt = 0; ; attempt++) {
      boolean last = attempt == PAUSES.size() || !repeatable(method, address);
      try {
        Reply reply = patiently(request);
        if (reply.status() < 500 || last) {
          return reply;
        }
      } catch (Unanswered e) {
        if (last || !e.worthRetrying()) {
          throw e;
        }
      }
      if (!patience.endures(PAUSES.get(attempt))) {
        throw new RateLimited("no time is left to try again");
      }
    }
  }

  /** Sends a JSON body, or none where it is JSON null, and gives the answer's JSON. */
  Json sendJson(String method, URI address, Json body) throws IOException {
    byte[] bytes = body instanceof JsonObject ? CanonicalJson.bytes(body) : new byte[0];
    return send(method, address, bytes).json();
  }

  /**
   * To make a git object or a status twice, or to ask twice, changes nothing. A second comment
   * would stay, and a branch may have been moved by the first attempt: their callers look first.
   */
  private static boolean repeatable(String method, URI address) {
    String path = address.getPath();
    return method.equals("GET")
        || (method.equals("POST")
            && (path.contains("/git/")
                || path.contains("/statuses/")
                || path.endsWith("/graphql")));
  }

  private Reply patiently(HttpRequest request) throws IOException {
    while (true) {
      Reply reply = once(request);
      Optional<Duration> pause = reply.demandedPause(clock.instant());
      if (pause.isEmpty()) {
        return reply;
      }
      if (!patience.endures(pause.get())) {
        throw new RateLimited(
            "GitHub's rate limit is reached for another %d s".formatted(pause.get().toSeconds()));
      }
    }
  }

  private Reply once(HttpRequest request) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
    try {
      // The client's own timeout ends with the headers; a body that trickles must end too.
      HttpResponse<byte[]> response = answer.get(requestTimeout.toMillis(), TimeUnit.MILLISECONDS);
      return new Reply(response.statusCode(), response.headers(), Bytes.of(response.body()));
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new Unanswered("no answer within " + requestTimeout.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw fault(e.getCause());
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw Interruption.restored(e);
    }
  }

  /** The JDK has no type of its own for a body that is too long. */
  private static IOException fault(@Nullable Throwable cause) {
    String words = cause == null ? "" : String.valueOf(cause.getMessage());
    return words.startsWith("body exceeds capacity")
        ? new IOException("GitHub's answer is longer than %d bytes".formatted(MOST_BYTES), cause)
        : Unanswered.cut(cause);
  }

  private Reply accepted(Reply reply) throws HttpRefusal {
    if (reply.status() < 400) {
      return reply;
    }
    throw new HttpRefusal(reply.status(), prose(ErrorBody.message(reply)));
  }

  private static Reply settled(Reply reply) throws HttpRefusal {
    if (reply.status() < 300) {
      return reply;
    }
    throw new HttpRefusal(
        reply.status(), "it is somewhere else now; was the repository renamed or transferred?");
  }

  /** What GitHub says, without our token in any form. */
  String prose(String words) {
    return redactor.redact(words);
  }

  private HttpRequest request(String method, URI address, byte[] body) throws IOException {
    if (!endpoint.serves(address)) {
      throw new IOException("GitHub referred us to another server, which never gets the token");
    }
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(address)
            .header("Accept", "application/vnd.github+json")
            .header("Authorization", "Bearer " + token.reveal())
            .header("User-Agent", userAgent)
            .header("X-GitHub-Api-Version", "2022-11-28");
    if (body.length == 0) {
      return builder.method(method, BodyPublishers.noBody()).build();
    }
    return builder
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofByteArray(body))
        .build();
  }
}
