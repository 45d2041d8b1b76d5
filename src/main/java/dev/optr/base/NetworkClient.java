package dev.optr.base;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's client, which gives the proxy its credentials and tells of proxy and trust in our
 * words.
 *
 * <p>An {@link Authenticator} would do the first, but with one set the JDK's client answers a
 * server's 401 without {@code WWW-Authenticate} by an exception, and that is what some providers
 * send.
 */
final class NetworkClient extends HttpClient {
  static final String AUTHORIZATION = "Proxy-Authorization";

  private final HttpClient client;
  private final Network network;

  NetworkClient(HttpClient client, Network network) {
    this.client = client;
    this.network = network;
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    try {
      return accepted(request, client.send(authorized(request), handler));
    } catch (IOException e) {
      throw network.explained(request.uri(), e);
    }
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler) {
    return explained(request, () -> client.sendAsync(authorized(request), handler));
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushed) {
    return explained(request, () -> client.sendAsync(authorized(request), handler, pushed));
  }

  /** The JDK sends this header to the proxy alone, also in front of a tunnel. */
  private HttpRequest authorized(HttpRequest request) {
    return network
        .proxyFor(request.uri())
        .flatMap(ProxyServer::authorization)
        .map(
            value ->
                HttpRequest.newBuilder(request, (_, _) -> true)
                    .setHeader(AUTHORIZATION, value)
                    .build())
        .orElse(request);
  }

  private <T> HttpResponse<T> accepted(HttpRequest request, HttpResponse<T> response)
      throws ConnectionFault {
    network.refuseProxysOwn(request.uri(), response.statusCode());
    return response;
  }

  /** What is returned ends the exchange when it is cancelled, as what the JDK returns does. */
  private <T> CompletableFuture<HttpResponse<T>> explained(
      HttpRequest request, Supplier<CompletableFuture<HttpResponse<T>>> sent) {
    return sent.get()
        .handle(
            (response, thrown) -> {
              try {
                if (thrown == null) {
                  return accepted(request, response);
                }
                Throwable cause =
                    thrown instanceof CompletionException && thrown.getCause() != null
                        ? thrown.getCause()
                        : thrown;
                throw new CompletionException(
                    cause instanceof IOException failed
                        ? network.explained(request.uri(), failed)
                        : cause);
              } catch (ConnectionFault fault) {
                throw new CompletionException(fault);
              }
            });
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return client.cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return client.connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return client.followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return client.proxy();
  }

  @Override
  public SSLContext sslContext() {
    return client.sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return client.sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return client.authenticator();
  }

  @Override
  public Version version() {
    return client.version();
  }

  @Override
  public Optional<Executor> executor() {
    return client.executor();
  }

  @Override
  public void shutdown() {
    client.shutdown();
  }

  @Override
  public void shutdownNow() {
    client.shutdownNow();
  }

  @Override
  public boolean isTerminated() {
    return client.isTerminated();
  }

  @Override
  public boolean awaitTermination(Duration duration) throws InterruptedException {
    return client.awaitTermination(duration);
  }
}
