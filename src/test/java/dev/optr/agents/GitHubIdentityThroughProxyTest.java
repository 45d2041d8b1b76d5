package dev.optr.agents;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.optr.base.Checkpoint;
import dev.optr.base.Network;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.testing.ForwardProxy;
import dev.optr.testing.TestAuthority;
import dev.optr.testing.TlsFront;
import dev.optr.workflow.AgentType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runner's identity through a real proxy; only the proxy knows where the runner is. */
final class GitHubIdentityThroughProxyTest {
  private static final String RUNNER = "runner.github.invalid";
  private static final String TUNNEL = "CONNECT " + RUNNER + ":443";
  private static final String JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJyZXBvIn0.c2lnbmF0dXJl";

  private final TestAuthority authority = new TestAuthority();
  private final TestClock clock = new TestClock();
  private final WireMockServer server =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());

  @TempDir Path directory;

  private TlsFront runner;

  @BeforeEach
  void start() {
    server.start();
    server.stubFor(
        get(urlPathEqualTo("/identity"))
            .withQueryParam("audience", equalTo("https://api.vendor"))
            .withHeader("Authorization", equalTo("Bearer runner-token-0123"))
            .willReturn(aResponse().withBody("{\"value\": \"" + JWT + "\"}")));
    runner = new TlsFront(authority.identity(RUNNER), server.port());
    authority.writeTo(directory.resolve("ca.pem"));
  }

  @AfterEach
  void stop() {
    runner.close();
    server.stop();
  }

  @Test
  void comesThroughATunnelTrustingTheBundle() throws InterruptedException {
    try (ForwardProxy proxy = known(ForwardProxy.open())) {
      GitHubIdentity.Token token =
          token(Map.of("HTTPS_PROXY", proxy.url(), "SSL_CERT_FILE", "ca.pem"));

      assertThat(token)
          .isInstanceOfSatisfying(
              GitHubIdentity.Issued.class,
              issued -> assertThat(issued.jwt().reveal()).isEqualTo(JWT));
      assertThat(proxy.lines()).containsExactly(TUNNEL);
    }
  }

  @Test
  void isAskedOfNobodyWithoutTheBundle() throws InterruptedException {
    try (ForwardProxy proxy = known(ForwardProxy.open())) {
      assertRefused(token(Map.of("HTTPS_PROXY", proxy.url())));

      assertThat(proxy.lines()).containsExactly(TUNNEL);
      assertThat(server.getAllServeEvents()).isEmpty();
    }
  }

  @Test
  void isAskedOnceWhereTheProxyRefusesTheLogin() throws InterruptedException {
    try (ForwardProxy proxy = known(ForwardProxy.withLogin("ada:right"))) {
      assertRefused(
          token(Map.of("HTTPS_PROXY", proxy.url("ada:wrong"), "SSL_CERT_FILE", "ca.pem")));

      assertThat(proxy.lines()).containsExactly(TUNNEL);
      assertThat(server.getAllServeEvents()).isEmpty();
    }
  }

  @Test
  void passesTheProxyByWhereNoProxySaysSo() throws InterruptedException {
    try (ForwardProxy proxy = known(ForwardProxy.open())) {
      // Nobody but the proxy knows the host, and the proxy is not asked.
      assertRefused(
          token(Map.of("HTTPS_PROXY", proxy.url(), "NO_PROXY", RUNNER, "SSL_CERT_FILE", "ca.pem")));

      assertThat(proxy.lines()).isEmpty();
    }
  }

  private static void assertRefused(GitHubIdentity.Token token) {
    assertThat(token)
        .isInstanceOfSatisfying(
            GitHubIdentity.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo(FailureCode.SERVICE));
  }

  private ForwardProxy known(ForwardProxy proxy) {
    return proxy.knows(RUNNER + ":443", runner.port());
  }

  private GitHubIdentity.Token token(Map<String, String> environment) throws InterruptedException {
    ProviderHttp http = new ProviderHttp(Network.of(environment, directory), "1");
    GitHubIdentity identity =
        new GitHubIdentity(
            "https://" + RUNNER + "/identity?api-version=2.0",
            Secret.of("runner-token-0123"),
            http);
    return identity.token(
        "https://api.vendor",
        new LaneRequests(
            LaneSamples.spec("lane", AgentType.OPENAI_CODEX, Duration.ofMinutes(1)),
            "m",
            new Silent(),
            new Retries(new Random(1), clock, clock, Checkpoint.NONE),
            new Redactor(List.of()),
            LaneSamples.log(clock)));
  }

  /** A vendor that is never asked. */
  private static final class Silent implements Provider {
    @Override
    public String name() {
      return "Vendor";
    }

    @Override
    public String credential() {
      return "the identity";
    }

    @Override
    public String requestIdHeader() {
      return "x-request-id";
    }

    @Override
    public Protocol protocol() {
      return Protocol.TOOLS;
    }

    @Override
    public ProviderFailure failure(HttpReply reply) {
      return ProviderFailure.UNKNOWN;
    }

    @Override
    public Conversation open(String model, Prompt prompt, List<Tool> tools, LaneRequests lane) {
      throw new AssertionError("asked");
    }
  }
}
