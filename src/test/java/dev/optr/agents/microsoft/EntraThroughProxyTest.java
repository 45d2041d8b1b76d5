package dev.optr.agents.microsoft;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.optr.agents.Answer;
import dev.optr.agents.FailureCode;
import dev.optr.agents.GitHubIdentity;
import dev.optr.agents.ProviderHttp;
import dev.optr.base.CanonicalJson;
import dev.optr.base.Network;
import dev.optr.base.Secret;
import dev.optr.testing.EntraPlayer;
import dev.optr.testing.ForwardProxy;
import dev.optr.testing.ResponsesWire;
import dev.optr.testing.TestAuthority;
import dev.optr.testing.TlsFront;
import dev.optr.testing.VendorWire.Words;
import dev.optr.workflow.AgentSpec;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sign-in, identity and project through a real proxy; only the proxy knows where they are. */
final class EntraThroughProxyTest extends MicrosoftHarness {
  private static final String LOGIN = "login.vendor.invalid";
  private static final String RUNNER = "runner.github.invalid";
  private static final String PROJECT = "project.vendor.invalid";
  private static final String RESPONSES = "/api/projects/demo/openai/v1/responses";

  private final TestAuthority authority = new TestAuthority();
  private final EntraPlayer entra = new EntraPlayer();
  private final WireMockServer project =
      new WireMockServer(options().dynamicPort().jettyStopTimeout(100L));

  private TlsFront signIn;
  private TlsFront work;

  @BeforeEach
  void start() {
    project.start();
    project.stubFor(
        post(RESPONSES)
            .withHeader("Authorization", equalTo("Bearer " + EntraPlayer.token(1)))
            .willReturn(
                aResponse()
                    .withBody(
                        CanonicalJson.text(new ResponsesWire().answer(1, new Words(PATH)))
                            .getBytes(UTF_8))));
    signIn = new TlsFront(authority.identity(LOGIN, RUNNER), URI.create(entra.base()).getPort());
    work = new TlsFront(authority.identity(PROJECT), project.port());
    authority.writeTo(directory.resolve("ca.pem"));
  }

  @AfterEach
  void stop() {
    work.close();
    signIn.close();
    project.stop();
    entra.close();
  }

  @Test
  void signsInWithASecretThroughTheProxyAlone() {
    try (ForwardProxy proxy = known(ForwardProxy.open())) {
      Answer answer = ask(secret(), trusting(proxy));

      assertThat(answer).isInstanceOf(Answer.Proposed.class);
      assertThat(entra.forms()).hasSize(1);
      assertThat(proxy.lines())
          .containsOnly("CONNECT " + LOGIN + ":443", "CONNECT " + PROJECT + ":443");
    }
  }

  @Test
  void signsInWithTheJobsIdentityThroughTheProxyAlone() {
    try (ForwardProxy proxy = known(ForwardProxy.open())) {
      ProviderHttp http = trusting(proxy);
      GitHubIdentity identity =
          new GitHubIdentity(
              "https://" + RUNNER + "/identity?api-version=2.0",
              Secret.of("runner-token-0123"),
              http);
      EntraCredential federated =
          new EntraCredential.Federated(
              EntraPlayer.TENANT, "1234", identity, EntraCredential.AUDIENCE);

      assertThat(ask(federated, http)).isInstanceOf(Answer.Proposed.class);
      assertThat(entra.forms().getFirst()).containsEntry("client_assertion", EntraPlayer.IDENTITY);
      assertThat(proxy.lines())
          .containsOnly(
              "CONNECT " + RUNNER + ":443",
              "CONNECT " + LOGIN + ":443",
              "CONNECT " + PROJECT + ":443");
    }
  }

  @Test
  void signsInNowhereWithoutTheBundle() {
    try (ForwardProxy proxy = known(ForwardProxy.open())) {
      ProviderHttp http = http(Map.of("HTTPS_PROXY", proxy.url()));

      assertFailed(ask(secret(), http), FailureCode.SERVICE);
      assertThat(entra.asked()).isEmpty();
    }
  }

  @Test
  void signsInNowhereWhereTheProxyWantsALogin() {
    try (ForwardProxy proxy = known(ForwardProxy.withLogin("ada:right"))) {
      assertFailed(ask(secret(), trusting(proxy)), FailureCode.SERVICE);

      assertThat(proxy.lines()).containsExactly("CONNECT " + LOGIN + ":443");
      assertThat(entra.asked()).isEmpty();
    }
  }

  @Test
  void signsInDirectlyWhereNoProxySaysSo() {
    try (ForwardProxy proxy = known(ForwardProxy.open())) {
      ProviderHttp http =
          http(
              Map.of(
                  "HTTPS_PROXY",
                  proxy.url(),
                  "NO_PROXY",
                  ".vendor.invalid",
                  "SSL_CERT_FILE",
                  "ca.pem"));

      // Nobody but the proxy knows the host, and the proxy is not asked.
      assertFailed(ask(secret(), http), FailureCode.SERVICE);
      assertThat(proxy.lines()).isEmpty();
    }
  }

  private ForwardProxy known(ForwardProxy proxy) {
    return proxy
        .knows(LOGIN + ":443", signIn.port())
        .knows(RUNNER + ":443", signIn.port())
        .knows(PROJECT + ":443", work.port());
  }

  private static EntraCredential secret() {
    return new EntraCredential.ClientSecret(EntraPlayer.TENANT, "1234", Secret.of(KEY));
  }

  private ProviderHttp trusting(ForwardProxy proxy) {
    return http(Map.of("HTTPS_PROXY", proxy.url(), "SSL_CERT_FILE", "ca.pem"));
  }

  private ProviderHttp http(Map<String, String> environment) {
    return new ProviderHttp(Network.of(environment, directory), "1.2.3");
  }

  private Answer ask(EntraCredential credential, ProviderHttp http) {
    AgentSpec lane = lane("foundry", "gpt-6.1-sol", "https://" + PROJECT + "/api/projects/demo");
    return ask(lane, new Foundry(lane, credential, Optional.of("https://" + LOGIN), http));
  }
}
