package dev.optr.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.Network;
import dev.optr.base.Secret;
import dev.optr.base.ServiceException;
import dev.optr.testing.FakeGitHub;
import dev.optr.testing.ForwardProxy;
import dev.optr.testing.TestAuthority;
import dev.optr.testing.TlsFront;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GitHub through a real proxy; only the proxy knows where its host is. */
final class GitHubThroughProxyTest {
  private static final String PLAIN = "http://api.github.invalid";
  private static final String SECURE = "https://api.github.invalid";

  private final TestAuthority authority = new TestAuthority();
  @TempDir Path directory;
  private GitHubFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new GitHubFixture(directory.resolve("repository.git"));
    authority.writeTo(directory.resolve("ca.pem"));
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void setsAStatusThroughATunnelTrustingTheBundle() {
    try (TlsFront tls = new TlsFront(authority.identity("api.github.invalid"), port());
        ForwardProxy proxy = ForwardProxy.open().knows("api.github.invalid:443", tls.port())) {
      setStatus(Map.of("HTTPS_PROXY", proxy.url(), "SSL_CERT_FILE", "ca.pem"), SECURE);

      assertThat(fixture.github.statuses()).hasSize(1);
      assertThat(proxy.lines()).isNotEmpty().containsOnly("CONNECT api.github.invalid:443");
    }
  }

  @Test
  void givesTheProxyItsLoginAndGitHubTheToken() {
    try (ForwardProxy proxy =
        ForwardProxy.withLogin("ada:p@ss").knows("api.github.invalid:80", port())) {
      setStatus(Map.of("HTTP_PROXY", proxy.url("ada:p%40ss")), PLAIN);

      assertThat(fixture.github.statuses()).hasSize(1);
      assertThat(proxy.requests())
          .isNotEmpty()
          .allMatch(request -> "Basic YWRhOnBAc3M=".equals(request.authorization()));
      assertThat(fixture.github.requests())
          .isNotEmpty()
          .noneMatch(request -> request.headers().containsKey("proxy-authorization"));
    }
  }

  @Test
  void asksGitHubDirectlyWhereNoProxySaysSo() {
    // Reaches this machine as any host is reached: it is no address of the loopback network.
    String here = "http://0.0.0.0:" + port();
    try (ForwardProxy proxy = ForwardProxy.open()) {
      setStatus(Map.of("HTTP_PROXY", proxy.url(), "NO_PROXY", "0.0.0.0"), here);
      assertThat(fixture.github.statuses()).hasSize(1);
      assertThat(proxy.lines()).isEmpty();

      assertThatThrownBy(() -> setStatus(Map.of("HTTP_PROXY", proxy.url()), here))
          .isInstanceOf(ServiceException.class);
      assertThat(proxy.lines()).isNotEmpty();
    }
  }

  @Test
  void namesTheBundleOnceWhereGitHubIsNotTrusted() {
    try (TlsFront tls = new TlsFront(authority.identity("api.github.invalid"), port());
        ForwardProxy proxy = ForwardProxy.open().knows("api.github.invalid:443", tls.port())) {
      assertThatThrownBy(() -> setStatus(Map.of("HTTPS_PROXY", proxy.url()), SECURE))
          .isInstanceOfSatisfying(
              ServiceException.class, fault -> assertThat(fault.worthRetrying()).isFalse())
          .hasMessageStartingWith("could not ")
          .hasMessageContaining("the certificate of 'api.github.invalid' is not trusted")
          .hasMessageContaining("SSL_CERT_FILE");
      assertThat(proxy.lines()).hasSize(1);
    }
    assertThat(fixture.github.requests()).isEmpty();
  }

  @Test
  void saysOnceThatTheProxyRefusesTheLogin() {
    try (ForwardProxy proxy = ForwardProxy.withLogin("ada:right")) {
      assertThatThrownBy(() -> setStatus(Map.of("HTTP_PROXY", proxy.url("ada:wrong-one")), PLAIN))
          .isInstanceOf(ServiceException.class)
          .hasMessageContaining("does not accept user and password of variable 'HTTP_PROXY'")
          .hasMessageNotContaining("wrong-one");
      assertThat(proxy.lines()).hasSize(1);
    }
  }

  private void setStatus(Map<String, String> environment, String api) {
    GitHubConnection.open(
            Network.of(environment, directory).httpClient(),
            new Endpoint(URI.create(api), URI.create(api + "/graphql"), FakeGitHub.REPOSITORY),
            Secret.of(FakeGitHub.TOKEN),
            "optr/test",
            InstantSource.fixed(GitHubFixture.NOW))
        .statuses()
        .set(fixture.head, CommitState.PENDING, "optr/gate", "examining", GitHubFixture.runUrl());
  }

  private int port() {
    return fixture.github.apiUrl().getPort();
  }
}
