package dev.optr.base;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.optr.testing.ForwardProxy;
import dev.optr.testing.TestAuthority;
import dev.optr.testing.TlsFront;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Through a real proxy and real TLS on loopback; the hosts are names that only the proxy knows. */
final class NetworkTest {
  private static final String HOST = "api.invalid";
  private static final String PLAIN = "http://api.invalid/x";
  private static final String SECURE = "https://api.invalid/x";

  private final TestAuthority authority = new TestAuthority();
  private final WireMockServer server =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
  @TempDir Path directory;

  @BeforeEach
  void start() {
    server.start();
    server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(200).withBody("served")));
    authority.writeTo(directory.resolve("ca.pem"));
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void reachesHttpThroughTheProxyOfHttp() throws Exception {
    try (ForwardProxy proxy = ForwardProxy.open().knows(HOST + ":80", server.port())) {
      HttpResponse<String> response = get(Map.of("HTTP_PROXY", proxy.url()), PLAIN);

      assertThat(response.body()).isEqualTo("served");
      assertThat(proxy.lines()).containsExactly("GET " + PLAIN);
    }
  }

  @Test
  void reachesHttpsThroughATunnelTrustingTheBundle() throws Exception {
    try (TlsFront tls = new TlsFront(authority.identity(HOST), server.port());
        ForwardProxy proxy = ForwardProxy.open().knows(HOST + ":443", tls.port())) {
      HttpResponse<String> response =
          get(Map.of("HTTPS_PROXY", proxy.url(), "SSL_CERT_FILE", "ca.pem"), SECURE);

      assertThat(response.body()).isEqualTo("served");
      assertThat(proxy.lines()).containsExactly("CONNECT api.invalid:443");
    }
  }

  @Test
  void givesItsLoginToTheProxyAlone() throws Exception {
    try (ForwardProxy proxy =
        ForwardProxy.withLogin("ada:p@ss:wörd").knows(HOST + ":80", server.port())) {
      Map<String, String> environment =
          Map.of("HTTP_PROXY", proxy.url("ada:p%40ss:w%C3%B6rd"), "NO_PROXY", "127.0.0.2");

      assertThat(get(environment, PLAIN).statusCode()).isEqualTo(200);
      assertThat(get(environment, server.baseUrl()).statusCode()).isEqualTo(200);

      assertThat(proxy.requests()).hasSize(1);
      assertThat(server.getAllServeEvents())
          .hasSize(2)
          .noneMatch(event -> event.getRequest().containsHeader("Proxy-Authorization"));
    }
  }

  @Test
  void leavesAServersRefusalAReply() throws Exception {
    // No WWW-Authenticate: some providers send none.
    server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(401)));
    try (ForwardProxy proxy = ForwardProxy.withLogin("u:pw").knows(HOST + ":80", server.port())) {
      Map<String, String> environment = Map.of("HTTP_PROXY", proxy.url("u:pw"));

      assertThat(get(environment, PLAIN).statusCode()).isEqualTo(401);
    }
    server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(407)));
    assertThat(get(Map.of(), server.baseUrl()).statusCode()).isEqualTo(407);
  }

  @Test
  void saysThatTheProxyRefusesTheLogin() throws Exception {
    try (ForwardProxy proxy = ForwardProxy.withLogin("u:right")) {
      fault(Map.of("HTTP_PROXY", proxy.url("u:wrong-one")), PLAIN)
          .hasMessage(
              "the proxy at 127.0.0.1:%d does not accept user and password of variable 'HTTP_PROXY'"
                  .formatted(proxy.port()))
          .hasMessageNotContaining("wrong-one");
      fault(Map.of("https_proxy", proxy.url()), SECURE)
          .hasMessageContaining("asks for user and password")
          .hasMessageContaining("'https_proxy'");
      assertThat(proxy.requests()).hasSize(2);
    }
  }

  @Test
  void saysThatTheProxyRefusesATunnel() {
    try (ForwardProxy proxy = ForwardProxy.open()) {
      fault(Map.of("ALL_PROXY", proxy.url()), SECURE)
          .hasMessage(
              "the proxy at 127.0.0.1:%d (variable 'ALL_PROXY') answered 403 to a tunnel to 'api.invalid'"
                  .formatted(proxy.port()))
          .extracting(ConnectionFault::worthRetrying)
          .isEqualTo(false);
    }
  }

  @Test
  void saysThatTheProxyCannotBeReached() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    fault(Map.of("HTTP_PROXY", "127.0.0.1:" + closed), PLAIN)
        .hasMessage(
            "the proxy at 127.0.0.1:%d (variable 'HTTP_PROXY') cannot be reached".formatted(closed))
        .extracting(ConnectionFault::worthRetrying)
        .isEqualTo(true);
    fault(Map.of("HTTPS_PROXY", "http://nowhere.invalid"), SECURE)
        .hasMessageContaining("the proxy at nowhere.invalid:80");
  }

  @Test
  void namesTheBundleWhereACertificateIsNotTrusted() {
    new TestAuthority().writeTo(directory.resolve("other.pem"));
    try (TlsFront tls = new TlsFront(authority.identity("localhost"), server.port())) {
      String url = "https://localhost:" + tls.port();
      fault(Map.of(), url)
          .hasMessageContaining("the certificate of 'localhost' is not trusted")
          .hasMessageEndingWith("name its PEM file in variable 'SSL_CERT_FILE'")
          .extracting(ConnectionFault::worthRetrying)
          .isEqualTo(false);
      fault(Map.of("SSL_CERT_FILE", "other.pem"), url)
          .hasMessageContaining("is not trusted by the file that variable 'SSL_CERT_FILE' names")
          .hasMessageContaining(directory.resolve("other.pem").toString());
    }
    assertThat(server.getAllServeEvents()).isEmpty();
  }

  @Test
  void stillChecksNamesAndDatesOfCertificates() {
    Map<String, String> environment = Map.of("SSL_CERT_FILE", "ca.pem");
    try (TlsFront other = new TlsFront(authority.identity("other.invalid"), server.port());
        TlsFront expired = new TlsFront(authority.expiredIdentity("localhost"), server.port())) {
      fault(environment, "https://localhost:" + other.port())
          .hasMessageContaining("No subject alternative DNS name matching localhost found");
      fault(environment, "https://localhost:" + expired.port()).hasMessageContaining("NotAfter");
    }
    assertThat(server.getAllServeEvents()).isEmpty();
  }

  @Test
  void replacesThePlatformsCertificates() {
    assertThat(Network.of(Map.of("SSL_CERT_FILE", "ca.pem"), directory).httpClient().sslContext())
        .isNotSameAs(Network.direct().httpClient().sslContext());
  }

  @Test
  void tellsTheSameOfARequestThatIsNotWaitedFor() {
    try (ForwardProxy proxy = ForwardProxy.withLogin("u:right")) {
      Network network = Network.of(Map.of("ALL_PROXY", proxy.url()), directory);
      for (String url : new String[] {PLAIN, SECURE}) {
        assertThatThrownBy(
                () -> network.httpClient().sendAsync(request(url), BodyHandlers.ofString()).get())
            .isInstanceOf(ExecutionException.class)
            .cause()
            .isInstanceOf(ConnectionFault.class)
            .hasMessageContaining("asks for user and password");
      }
    }
  }

  @Test
  void endsTheExchangeThatIsCancelled() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      CompletableFuture<HttpResponse<String>> answer =
          Network.direct()
              .httpClient()
              .sendAsync(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
      try (Socket connection = silent.accept()) {
        connection.setSoTimeout(20_000);
        assertThat(connection.getInputStream().read()).isEqualTo('G');

        assertThat(answer.cancel(true)).isTrue();

        assertThat(connection.getInputStream().readAllBytes()).asString(UTF_8).startsWith("ET /");
      }
    }
  }

  @Test
  void followsNoRedirect() throws Exception {
    server.stubFor(
        any(anyUrl())
            .willReturn(aResponse().withStatus(302).withHeader("Location", server.baseUrl())));

    assertThat(get(Map.of(), server.baseUrl() + "/first").statusCode()).isEqualTo(302);
    assertThat(server.findAll(anyRequestedFor(anyUrl())))
        .extracting(LoggedRequest::getUrl)
        .containsExactly("/first");
  }

  private HttpResponse<String> get(Map<String, String> environment, String url)
      throws IOException, InterruptedException {
    return Network.of(environment, directory)
        .httpClient()
        .send(request(url), BodyHandlers.ofString());
  }

  private static HttpRequest request(String url) {
    return HttpRequest.newBuilder(URI.create(url)).build();
  }

  private AbstractThrowableAssert<?, ConnectionFault> fault(
      Map<String, String> environment, String url) {
    return assertThatThrownBy(() -> get(environment, url))
        .asInstanceOf(InstanceOfAssertFactories.throwable(ConnectionFault.class));
  }
}
