package dev.optr.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.Checkpoint;
import dev.optr.base.Network;
import dev.optr.base.Secret;
import dev.optr.base.ServiceException;
import dev.optr.testing.ForwardProxy;
import dev.optr.testing.GitServer;
import dev.optr.testing.TempRepo;
import dev.optr.testing.TestAuthority;
import dev.optr.testing.TlsFront;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Git over HTTP and HTTPS through a real proxy; only the proxy knows where the host is. */
final class FetchThroughProxyTest {
  private static final String TOKEN = "ghs_TheTokenOfThisTest";
  private static final List<String> HEADS = List.of("+refs/heads/*:refs/optr/*");
  private static final URI PLAIN = URI.create("http://git.invalid/octo/app.git");
  private static final URI SECURE = URI.create("https://git.invalid/octo/app.git");

  private final TestAuthority authority = new TestAuthority();
  @TempDir Path directory;
  private GitServer server;
  private GitRepository local;
  private String head = "";

  @BeforeEach
  void publish() {
    try (TempRepo source = TempRepo.create(directory.resolve("source"));
        GitRepository hosted =
            GitRepository.initBare(directory.resolve("srv/octo/app.git"), Checkpoint.NONE)) {
      head = source.commit("first", Map.of("a.txt", "a\n"));
      hosted.fetch(
          Network.direct(),
          source.directory().toUri(),
          Optional.empty(),
          List.of("refs/heads/main:refs/heads/main"));
    }
    server = GitServer.withPassword(directory.resolve("srv"), TOKEN);
    local = GitRepository.initBare(directory.resolve("local"), Checkpoint.NONE);
    authority.writeTo(directory.resolve("ca.pem"));
  }

  @AfterEach
  void close() {
    local.close();
    server.close();
  }

  @Test
  void fetchesThroughATunnelTrustingTheBundle() {
    try (TlsFront tls = new TlsFront(authority.identity("git.invalid"), port());
        ForwardProxy proxy = ForwardProxy.open().knows("git.invalid:443", tls.port())) {
      fetch(Map.of("HTTPS_PROXY", proxy.url(), "SSL_CERT_FILE", "ca.pem"), SECURE);

      assertThat(local.resolve("refs/optr/main")).contains(head);
      assertThat(proxy.lines()).isNotEmpty().containsOnly("CONNECT git.invalid:443");
    }
  }

  @Test
  void givesTheProxyItsLoginAndTheServerTheToken() {
    try (ForwardProxy proxy = ForwardProxy.withLogin("ada:p@ss").knows("git.invalid:80", port())) {
      fetch(Map.of("HTTP_PROXY", proxy.url("ada:p%40ss")), PLAIN);

      assertThat(local.resolve("refs/optr/main")).contains(head);
      assertThat(proxy.requests())
          .hasSizeGreaterThan(1)
          .allSatisfy(
              request -> assertThat(request.authorization()).isEqualTo("Basic YWRhOnBAc3M="));
    }
  }

  @Test
  void fetchesDirectlyWhereNoProxySaysSo() {
    // Reaches this machine as any host is reached: it is no address of the loopback network.
    URI here = URI.create("http://0.0.0.0:" + port() + "/octo/app.git");
    try (ForwardProxy proxy = ForwardProxy.open()) {
      fetch(Map.of("HTTP_PROXY", proxy.url(), "NO_PROXY", "0.0.0.0/32"), here);
      assertThat(local.resolve("refs/optr/main")).contains(head);
      assertThat(proxy.lines()).isEmpty();

      assertThatThrownBy(() -> fetch(Map.of("HTTP_PROXY", proxy.url()), here))
          .isInstanceOf(ServiceException.class);
      assertThat(proxy.lines()).hasSize(1).first().asString().contains("GET http://0.0.0.0:");
    }
  }

  @Test
  void namesTheBundleWhereTheServerIsNotTrusted() {
    new TestAuthority().writeTo(directory.resolve("other.pem"));
    try (TlsFront tls = new TlsFront(authority.identity("git.invalid"), port());
        ForwardProxy proxy = ForwardProxy.open().knows("git.invalid:443", tls.port())) {
      assertFails(Map.of("HTTPS_PROXY", proxy.url()), SECURE, false)
          .hasMessageContaining("the certificate of 'git.invalid' is not trusted")
          .hasMessageEndingWith("name its PEM file in variable 'SSL_CERT_FILE'");
      assertFails(Map.of("HTTPS_PROXY", proxy.url(), "SSL_CERT_FILE", "other.pem"), SECURE, false)
          .hasMessageContaining("'SSL_CERT_FILE' names, '" + directory.resolve("other.pem"));
    }
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void saysWhatTheProxyAnswered() {
    try (ForwardProxy proxy = ForwardProxy.open();
        ForwardProxy closed = ForwardProxy.withLogin("ada:right")) {
      assertFails(Map.of("HTTPS_PROXY", proxy.url()), SECURE, false)
          .hasMessageContaining("(variable 'HTTPS_PROXY') answered 403 to a tunnel");
      assertFails(Map.of("HTTPS_PROXY", closed.url()), SECURE, false)
          .hasMessageContaining("asks for user and password");
      assertFails(Map.of("HTTP_PROXY", closed.url("ada:wrong-one")), PLAIN, false)
          .hasMessageContaining("does not accept user and password of variable 'HTTP_PROXY'");
      assertThat(closed.requests()).hasSize(2);
    }
  }

  private org.assertj.core.api.AbstractThrowableAssert<?, ?> assertFails(
      Map<String, String> environment, URI remote, boolean worthRetrying) {
    return assertThatThrownBy(() -> fetch(environment, remote))
        .isInstanceOfSatisfying(
            ServiceException.class,
            fault ->
                assertThat(fault.worthRetrying()).as(fault.toString()).isEqualTo(worthRetrying))
        .hasMessageStartingWith("could not fetch from " + remote)
        .hasMessageNotContaining(TOKEN)
        .hasMessageNotContaining("wrong-one");
  }

  private void fetch(Map<String, String> environment, URI remote) {
    local.fetch(Network.of(environment, directory), remote, Optional.of(Secret.of(TOKEN)), HEADS);
  }

  private int port() {
    return server.url("octo/app").getPort();
  }
}
