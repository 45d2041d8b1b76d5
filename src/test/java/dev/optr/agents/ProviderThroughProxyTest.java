package dev.optr.agents;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import dev.optr.base.Checkpoint;
import dev.optr.base.ConnectionFault;
import dev.optr.base.Network;
import dev.optr.testing.ForwardProxy;
import dev.optr.testing.TestAuthority;
import dev.optr.testing.TlsFront;
import feign.RequestLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers' clients through a real proxy; only the proxy knows where the host is. */
final class ProviderThroughProxyTest {
  private static final String PLAIN = "http://api.provider.invalid";
  private static final String SECURE = "https://api.provider.invalid";

  private final TestAuthority authority = new TestAuthority();
  private final WireMockServer server =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
  @TempDir Path directory;

  interface Api {
    @RequestLine("POST /x")
    HttpReply post(String body);
  }

  @BeforeEach
  void start() {
    server.start();
    server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(418)));
    authority.writeTo(directory.resolve("ca.pem"));
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void keepsProxyAndTrustWhateverPatienceAnApiHas() throws IOException, InterruptedException {
    try (TlsFront tls = new TlsFront(authority.identity("api.provider.invalid"), server.port());
        ForwardProxy proxy =
            ForwardProxy.open()
                .knows("api.provider.invalid:443", tls.port())
                .knows("api.provider.invalid:80", server.port())) {
      ProviderHttp http =
          http(
              Map.of(
                  "HTTPS_PROXY", proxy.url(),
                  "HTTP_PROXY", proxy.url("ada:pw"),
                  "SSL_CERT_FILE", "ca.pem"));
      for (int seconds : new int[] {5, 10, 600}) {
        assertThat(post(http, SECURE, Duration.ofSeconds(seconds)).status()).isEqualTo(418);
        assertThat(post(http, PLAIN, Duration.ofSeconds(seconds)).status()).isEqualTo(418);
      }
      assertThat(proxy.requests())
          .contains(new ForwardProxy.Request("CONNECT api.provider.invalid:443", null))
          .contains(new ForwardProxy.Request("POST " + PLAIN + "/x", "Basic YWRhOnB3"))
          .doesNotContain(new ForwardProxy.Request("POST " + PLAIN + "/x", null));
    }
    assertThat(server.getAllServeEvents())
        .hasSize(6)
        .extracting(ServeEvent::getRequest)
        .noneMatch(request -> request.containsHeader("Proxy-Authorization"))
        .allMatch(request -> request.getProtocol().equals("HTTP/1.1"));
  }

  @Test
  void followsNoRedirectBehindAProxy() throws IOException, InterruptedException {
    server.stubFor(
        any(anyUrl())
            .willReturn(aResponse().withStatus(307).withHeader("Location", PLAIN + "/other")));
    try (ForwardProxy proxy = ForwardProxy.open().knows("api.provider.invalid:80", server.port())) {
      ProviderHttp http = http(Map.of("HTTP_PROXY", proxy.url()));

      assertThat(post(http, PLAIN, Duration.ofSeconds(20)).status()).isEqualTo(307);
      assertThat(proxy.lines()).containsExactly("POST " + PLAIN + "/x");
    }
  }

  @Test
  void asksTheProviderDirectlyWhereNoProxySaysSo() throws IOException, InterruptedException {
    // Reaches this machine as any host is reached: it is no address of the loopback network.
    String here = "http://0.0.0.0:" + server.port();
    try (ForwardProxy proxy = ForwardProxy.open()) {
      ProviderHttp direct = http(Map.of("HTTP_PROXY", proxy.url(), "NO_PROXY", "0.0.0.0"));
      assertThat(post(direct, here, Duration.ofSeconds(20)).status()).isEqualTo(418);
      assertThat(proxy.lines()).isEmpty();

      ProviderHttp proxied = http(Map.of("HTTP_PROXY", proxy.url()));
      assertThat(post(proxied, here, Duration.ofSeconds(20)).status()).isEqualTo(403);
      assertThat(proxy.lines()).containsExactly("POST " + here + "/x");
    }
  }

  @Test
  void namesTheBundleWhereTheProviderIsNotTrusted() {
    try (TlsFront tls = new TlsFront(authority.identity("api.provider.invalid"), server.port());
        ForwardProxy proxy = ForwardProxy.open().knows("api.provider.invalid:443", tls.port())) {
      ProviderHttp http = http(Map.of("HTTPS_PROXY", proxy.url()));

      assertThatThrownBy(() -> post(http, SECURE, Duration.ofSeconds(20)))
          .isInstanceOf(ConnectionFault.class)
          .hasMessageContaining("SSL_CERT_FILE");
    }
    assertThat(server.getAllServeEvents()).isEmpty();
  }

  @Test
  void triesALastingFaultOnceAndAPassingOneAgain() throws InterruptedException {
    try (ForwardProxy proxy = ForwardProxy.withLogin("ada:right")) {
      assertThat(attempts(Map.of("HTTP_PROXY", proxy.url("ada:wrong"))).requests()).isEqualTo(1);
      assertThat(proxy.lines()).hasSize(1);
    }
    Retries.Attempts attempts = attempts(Map.of("HTTP_PROXY", "http://proxy.invalid:1"));
    assertThat(attempts.requests()).isEqualTo(Retries.MOST);
    assertThat(attempts.cut()).hasMessageContaining("proxy.invalid:1 (variable 'HTTP_PROXY')");
  }

  private Retries.Attempts attempts(Map<String, String> environment) throws InterruptedException {
    ProviderHttp http = http(environment);
    Retries retries =
        new Retries(new Random(1), _ -> {}, InstantSource.fixed(Instant.EPOCH), Checkpoint.NONE);
    return retries.send(
        Instant.EPOCH.plus(Duration.ofHours(1)),
        _ -> false,
        () -> post(http, PLAIN, Duration.ofSeconds(20)));
  }

  private ProviderHttp http(Map<String, String> environment) {
    return new ProviderHttp(Network.of(environment, directory), "1");
  }

  private static HttpReply post(ProviderHttp http, String base, Duration patience)
      throws IOException, InterruptedException {
    Api api = http.api(Api.class, base, patience);
    return ProviderHttp.send(() -> api.post("{}"));
  }
}
