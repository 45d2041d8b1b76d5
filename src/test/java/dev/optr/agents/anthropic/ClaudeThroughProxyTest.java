package dev.optr.agents.anthropic;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.agents.Answer;
import dev.optr.agents.GitHubIdentity;
import dev.optr.agents.LaneSamples;
import dev.optr.agents.Provider;
import dev.optr.agents.ProviderHarness;
import dev.optr.agents.ProviderHttp;
import dev.optr.base.Network;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.testing.ForwardProxy;
import dev.optr.testing.TestAuthority;
import dev.optr.testing.TlsFront;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A lane through a real proxy; only the proxy knows the hosts, only the bundle vouches. */
final class ClaudeThroughProxyTest extends ProviderHarness {
  private static final String API = "api.vendor.invalid";
  private static final String RUNNER = "runner.github.invalid";
  private static final String JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJyZXBvIn0.c2lnbmF0dXJl";

  private final TestAuthority authority = new TestAuthority();

  @Override
  protected AgentType type() {
    return AgentType.ANTHROPIC_CLAUDE;
  }

  @Override
  protected String fixtures() {
    return "anthropic";
  }

  @Override
  protected String path() {
    return "/v1/messages";
  }

  @Override
  protected String requestIdHeader() {
    return "request-id";
  }

  @Override
  protected Provider provider(AgentSpec spec, Secret key, ProviderHttp http) {
    return Claude.withKey(spec, Optional.empty(), key, http);
  }

  @Test
  void asksWithAKeyThroughTheProxyAlone() {
    answer(reply(200, "decline"));
    try (TlsFront tls = front();
        ForwardProxy proxy = known(tls)) {
      AgentSpec lane = super.spec("https://" + API + "/base");

      Answer answer =
          ask(agent(lane, provider(lane, Secret.of(KEY), http(proxy)), new Redactor(List.of())));

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
        post(urlEqualTo("/base/v1/oauth/token"))
            .willReturn(
                aResponse()
                    .withBody(
                        "{\"access_token\": \"sk-ant-oat01-t\", \"token_type\": \"Bearer\","
                            + " \"expires_in\": 3600}")));
    try (TlsFront tls = front();
        ForwardProxy proxy = known(tls)) {
      Answer answer = ask(agent(keyless(), federated(proxy), new Redactor(List.of())));

      assertThat(answer).isInstanceOf(Answer.Declined.class);
      assertThat(proxy.lines())
          .containsOnly("CONNECT " + RUNNER + ":443", "CONNECT " + API + ":443");
    }
  }

  private AgentSpec keyless() {
    return LaneSamples.keyless(
        super.spec("https://" + API + "/base"),
        Map.of(
            "federation_rule_id", "fdrl_1",
            "organization_id", "7d3c0000-0000-4000-8000-000000000000",
            "service_account_id", "svac_1"));
  }

  private Claude federated(ForwardProxy proxy) {
    ProviderHttp http = http(proxy);
    GitHubIdentity identity =
        new GitHubIdentity(
            "https://" + RUNNER + "/identity?v=1", Secret.of("runner-token-0123"), http);
    return Claude.federated(keyless(), Optional.empty(), identity, http);
  }

  private TlsFront front() {
    return new TlsFront(authority.identity(API, RUNNER), server.port());
  }

  private static ForwardProxy known(TlsFront tls) {
    return ForwardProxy.open().knows(API + ":443", tls.port()).knows(RUNNER + ":443", tls.port());
  }

  private ProviderHttp http(ForwardProxy proxy) {
    authority.writeTo(directory.resolve("ca.pem"));
    Map<String, String> environment = Map.of("HTTPS_PROXY", proxy.url(), "SSL_CERT_FILE", "ca.pem");
    return new ProviderHttp(Network.of(environment, directory), "1.2.3");
  }
}
