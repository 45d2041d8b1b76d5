package dev.optr.agents;

import dev.optr.base.Network;
import feign.Feign;
import feign.FeignException;
import feign.InvocationContext;
import feign.Request;
import feign.Response;
import feign.ResponseInterceptor;
import feign.RetryableException;
import feign.Retryer;
import feign.http2client.Http2Client;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes the clients of all providers' APIs: no redirect is followed (a key would travel with it),
 * nothing is retried unseen, nothing is read without a bound, and proxy and trust are the given
 * network's.
 */
public final class ProviderHttp {
  private final HttpClient client;
  private final String userAgent;

  /**
   * @param version of this program
   */
  public ProviderHttp(Network network, String version) {
    this.client = network.httpClient();
    this.userAgent = "optr/" + version;
  }

  /**
   * A client of an API whose methods give {@link HttpReply}, whatever the status, and take the body
   * as a String.
   *
   * @param base without a final slash
   * @param patience how long one answer may take
   */
  public <T> T api(Class<T> api, String base, Duration patience) {
    // The very limits of the client: where these differ, Feign makes another client by itself,
    // which knows neither proxy nor trust.
    Request.Options options =
        new Request.Options(
            client.connectTimeout().orElseThrow().toMillis(),
            TimeUnit.MILLISECONDS,
            patience.toMillis(),
            TimeUnit.MILLISECONDS,
            false);
    return Feign.builder()
        .client(new Http2Client(client))
        .options(options)
        .retryer(Retryer.NEVER_RETRY)
        .requestInterceptor(request -> request.header("User-Agent", userAgent))
        .responseInterceptor(ProviderHttp::reply)
        .target(api, base);
  }

  /**
   * Calls an API and gives back what was thrown below Feign.
   *
   * @throws IOException where no whole answer came
   */
  public static HttpReply send(Retries.Call call) throws IOException, InterruptedException {
    try {
      return call.send();
    } catch (RetryableException cut) {
      throw cut.getCause() instanceof IOException cause ? cause : new IOException(cut);
    } catch (FeignException broken) {
      throw new IOException("no usable answer", broken);
    }
  }

  /**
   * The same for an answer that is waited for no longer than this, whole: the client's own limit
   * ends with the headers, and a body may take for ever.
   *
   * @throws IOException where no whole answer came in time
   */
  public static HttpReply sendWithin(Duration limit, Retries.Call call)
      throws IOException, InterruptedException {
    FutureTask<HttpReply> sending = new FutureTask<>(() -> send(call));
    Thread sender = Thread.ofVirtual().start(sending);
    try {
      return sending.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new IOException("no whole answer within " + limit, late);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cut ? cut : new IOException("no usable answer", e);
    } finally {
      sender.interrupt();
    }
  }

  private static Object reply(InvocationContext context, ResponseInterceptor.Chain chain)
      throws IOException {
    Response response = context.response();
    try (InputStream body = response.body() == null ? null : response.body().asInputStream()) {
      return HttpReply.read(response.status(), response.headers(), body);
    }
  }
}
