package dev.optr.agents.openai;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.agents.Answer;
import dev.optr.agents.GitHubIdentity;
import dev.optr.agents.LaneSamples;
import dev.optr.agents.ProviderHttp;
import dev.optr.base.Network;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.testing.ForwardProxy;
import dev.optr.testing.TestAuthority;
import dev.optr.testing.TlsFront;
import dev.optr.workflow.AgentSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A lane through a real proxy; only the proxy knows the hosts, only the bundle vouches. */
final class OpenAiThroughProxyTest extends OpenAiHarness {
  private static final String API = "api.vendor.invalid";
  private static final String LOGIN = "auth.vendor.invalid";
  private static final String RUNNER = "runner.github.invalid";
  private static final String JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJyZXBvIn0.c2lnbmF0dXJl";

  private final TestAuthority authority = new TestAuthority();

  @Test
  void asksWithAKeyThroughTheProxyAlone() {
    answer(reply(200, "decline"));
    try (TlsFront tls = front();
        ForwardProxy proxy = known(tls)) {
      AgentSpec lane = super.spec("https://" + API + "/base");

      Answer answer =
          ask(
              agent(
                  lane,
                  new OpenAi(lane, Optional.empty(), Secret.of(KEY), http(proxy)),
                  new Redactor(List.of())));

      assertThat(answer).isInstanceOf(Answer.Declined.class);
      assertThat(proxy.lines()).isNotEmpty().containsOnly("CONNECT " + API + ":443");
    }
  }

  @Test
  void exchangesTheJobsIdentityThroughTheProxyAlone() {
    traffic.besides("/identity");
    answer(reply(200, "decline"));
    server.stubFor(
        get(urlPathEqualTo("/identity"))
            .willReturn(aResponse().withBody("{\"value\": \"" + JWT + "\"}")));
    server.stubFor(
        post(urlEqualTo("/base/oauth/token"))
            .willReturn(
                aResponse().withBody("{\"access_token\": \"wif-token-0\", \"expires_in\": 3600}")));
    try (TlsFront tls = front();
        ForwardProxy proxy = known(tls)) {
      Answer answer = ask(agent(keyless(), federated(proxy), new Redactor(List.of())));

      assertThat(answer).isInstanceOf(Answer.Declined.class);
      assertThat(proxy.lines())
          .containsOnly(
              "CONNECT " + RUNNER + ":443", "CONNECT " + LOGIN + ":443", "CONNECT " + API + ":443");
    }
  }

  private AgentSpec keyless() {
    return LaneSamples.keyless(
        super.spec("https://" + API + "/base"),
        Map.of(
            "audience", "https://api.openai.com/v1",
            "identity_provider_id", "idp_1",
            "service_account_id", "sa_1"));
  }

  private OpenAi federated(ForwardProxy proxy) {
    ProviderHttp http = http(proxy);
    GitHubIdentity identity =
        new GitHubIdentity(
            "https://" + RUNNER + "/identity?v=1", Secret.of("runner-token-0123"), http);
    return OpenAi.federated(
        keyless(), Optional.empty(), identity, "https://" + LOGIN + "/base", http);
  }

  private TlsFront front() {
    return new TlsFront(authority.identity(API, LOGIN, RUNNER), server.port());
  }

  private static ForwardProxy known(TlsFront tls) {
    return ForwardProxy.open()
        .knows(API + ":443", tls.port())
        .knows(LOGIN + ":443", tls.port())
        .knows(RUNNER + ":443", tls.port());
  }

  private ProviderHttp http(ForwardProxy proxy) {
    authority.writeTo(directory.resolve("ca.pem"));
    Map<String, String> environment = Map.of("HTTPS_PROXY", proxy.url(), "SSL_CERT_FILE", "ca.pem");
    return new ProviderHttp(Network.of(environment, directory), "1.2.3");
  }
}
