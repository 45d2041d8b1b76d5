package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.base.Network;
import dev.optr.ledger.TimestampService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Time stamps over HTTP (RFC 3161, section 3.4), by proxy and trust as all other hosts. */
final class HttpTimestamps implements TimestampService.Connection {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int MOST_BYTES = 64 * 1024;

  private final Network network;
  private final URI url;
  private final Duration patience;

  HttpTimestamps(Network network, URI url) {
    this(network, url, PATIENCE);
  }

  /**
   * @param patience from the first byte that is sent to the last one that is read
   */
  HttpTimestamps(Network network, URI url, Duration patience) {
    this.network = network;
    this.url = url;
    this.patience = patience;
  }

  @Override
  public Bytes exchange(Bytes request) throws IOException {
    try (HttpClient client = network.httpClient()) {
      HttpResponse<byte[]> reply = reply(client, request);
      if (reply.statusCode() != 200) {
        throw new IOException(
            "'%s' answered with status %d".formatted(url.getHost(), reply.statusCode()));
      }
      return Bytes.of(reply.body());
    }
  }

  private HttpResponse<byte[]> reply(HttpClient client, Bytes request) throws IOException {
    HttpRequest query =
        HttpRequest.newBuilder(url)
            .timeout(patience)
            .header("Content-Type", "application/timestamp-query")
            .header("Accept", "application/timestamp-reply")
            .POST(HttpRequest.BodyPublishers.ofByteArray(request.toArray()))
            .build();
    CompletableFuture<HttpResponse<byte[]>> reply =
        client.sendAsync(query, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
    try {
      return reply.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException("no answer from '%s': %s".formatted(url.getHost(), words(e)), e);
    } catch (TimeoutException e) {
      throw new IOException(
          "no answer from '%s' within %d s".formatted(url.getHost(), patience.toSeconds()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      // Ends the exchange where it goes on; the client would wait for it when it is closed.
      reply.cancel(true);
      client.shutdownNow();
    }
  }

  private static String words(ExecutionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
