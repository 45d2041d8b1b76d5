package dev.optr.agents.anthropic;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.optr.agents.Agent;
import dev.optr.agents.Answer;
import dev.optr.agents.FailureCode;
import dev.optr.agents.GitHubIdentity;
import dev.optr.agents.LaneSamples;
import dev.optr.agents.Provider;
import dev.optr.agents.ProviderHarness;
import dev.optr.agents.ProviderHttp;
import dev.optr.base.CanonicalJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.base.UserException;
import dev.optr.testing.VendorSchemas;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FederationTest extends ProviderHarness {
  private static final String RUNNER_TOKEN = "runner-request-token-0123456789";
  private static final String JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJyZXBvOm8vciJ9.c2lnbmF0dXJl";
  private static final String ACCESS = "sk-ant-oat01-access-token-0123456789";
  private static final Map<String, String> OIDC =
      Map.of(
          "federation_rule_id", "fdrl_1",
          "organization_id", "7d3c0000-0000-4000-8000-000000000000",
          "service_account_id", "svac_1");

  private final WireMockServer github =
      new WireMockServer(options().dynamicPort().jettyStopTimeout(100L));

  @BeforeEach
  void startGitHub() {
    github.start();
  }

  @AfterEach
  void stopGitHub() {
    github.stop();
  }

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
    GitHubIdentity identity =
        new GitHubIdentity(github.baseUrl() + "/id?v=1", Secret.of(RUNNER_TOKEN), http);
    return Claude.federated(spec, Optional.empty(), identity, http);
  }

  @Test
  void exchangesTheJobsIdentityForATokenOnceAndAsksWithIt() throws Exception {
    answer(reply(200, "wrong-tool"));
    identity(200, issued(JWT));
    exchange(aResponse().withBody(token(ACCESS, 3600)));

    Answer answer = askFederated(OIDC);

    assertThat(answer.exchange().usage().requests()).isGreaterThan(3);
    github.verify(
        1,
        getRequestedFor(urlPathEqualTo("/id"))
            .withQueryParam("v", equalTo("1"))
            .withQueryParam("audience", equalTo("https://api.anthropic.com"))
            .withHeader("Authorization", equalTo("Bearer " + RUNNER_TOKEN)));
    server.verify(1, postRequestedFor(urlEqualTo("/base/v1/oauth/token")));
    for (LoggedRequest asked : sent("/base/v1/messages")) {
      assertThat(asked.header("Authorization").values()).containsExactly("Bearer " + ACCESS);
      assertThat(asked.header("anthropic-beta").values()).containsExactly("oauth-2025-04-20");
      assertThat(asked.header("anthropic-version").values()).containsExactly("2026-10-21");
      assertThat(asked.containsHeader("x-api-key")).isFalse();
    }
    LoggedRequest exchanged = sent("/base/v1/oauth/token").getFirst();
    assertThat(exchanged.header("anthropic-beta").values())
        .containsExactly("oauth-2025-04-20,oidc-federation-2026-04-01");
    assertThat(JsonReader.readObject(exchanged.getBody()))
        .isEqualTo(
            Json.object()
                .put("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
                .put("assertion", JWT)
                .put("federation_rule_id", "fdrl_1")
                .put("organization_id", "7d3c0000-0000-4000-8000-000000000000")
                .put("service_account_id", "svac_1")
                .build());
    if (VendorSchemas.present()) {
      assertThat(VendorSchemas.check(VendorSchemas.ANTHROPIC_TOKEN, exchanged.getBody())).isEmpty();
    }
  }

  @Test
  void writesNoTokenDown() {
    answer(reply(200, "decline"));
    identity(200, issued(JWT));
    exchange(aResponse().withBody(token(ACCESS, 3600)));

    assertThat(askFederated(OIDC).toString())
        .contains("not kept")
        .doesNotContain(ACCESS)
        .doesNotContain(JWT)
        .doesNotContain(RUNNER_TOKEN);
  }

  @Test
  void fetchesAnotherTokenShortlyBeforeTheFirstOneExpires() {
    answer(reply(200, "wrong-tool"));
    identity(200, issued(JWT));
    exchange(aResponse().withBody(token(ACCESS, 29)));

    askFederated(OIDC);

    assertThat(sent("/base/v1/oauth/token")).hasSameSizeAs(sent("/base/v1/messages"));
  }

  @Test
  void renewsATokenThatIsRefusedOnce() {
    identity(200, issued(JWT));
    exchange(aResponse().withBody(token(ACCESS, 3600)));
    answers(reply(401, "bad-key"), reply(200, "decline"));
    assertThat(askFederated(OIDC)).isInstanceOf(Answer.Declined.class);
    assertThat(sent("/base/v1/oauth/token")).hasSize(2);

    answer(reply(401, "bad-key"));
    identity(200, issued(JWT));
    exchange(aResponse().withBody(token(ACCESS, 3600)));
    assertThat(assertFailed(askFederated(OIDC), FailureCode.AUTH)).contains("federation rule");
    assertThat(sent("/base/v1/messages")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"400, AUTH", "401, AUTH", "403, AUTH", "404, UNAVAILABLE", "500, SERVICE"})
  void saysWhyTheExchangeWasRefusedWithoutWhatItRepeats(int status, FailureCode code) {
    identity(200, issued(JWT));
    String body = "{\"error\":\"invalid_grant\",\"error_description\":\"" + JWT + "\"}";
    exchange(aResponse().withStatus(status).withBody(body));

    Answer answer = askFederated(OIDC);

    assertThat(assertFailed(answer, code)).contains(" " + status + " to the exchange");
    assertThat(answer.toString()).doesNotContain(JWT);
    assertThat(sent("/base/v1/messages")).isEmpty();
  }

  @Test
  void asksAgainForATokenWhereThatHelps() {
    answer(reply(200, "decline"));
    identity(200, issued(JWT));
    server.stubFor(
        post(urlEqualTo("/base/v1/oauth/token"))
            .inScenario("token")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(aResponse().withStatus(503))
            .willSetStateTo("up"));
    server.stubFor(
        post(urlEqualTo("/base/v1/oauth/token"))
            .inScenario("token")
            .whenScenarioStateIs("up")
            .willReturn(aResponse().withBody(token(ACCESS, 3600))));

    Answer answer = askFederated(OIDC);

    assertThat(answer).isInstanceOf(Answer.Declined.class);
    assertThat(answer.exchange().usage().retries()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"access_token\": \"\", \"expires_in\": 60}",
        "{\"access_token\": \"a b\", \"expires_in\": 60}",
        "{\"access_token\": \"abcdefghijkl\"}",
        "{\"access_token\": \"abcdefghijkl\", \"expires_in\": 60, \"token_type\": \"mac\"}"
      })
  void isAServiceFailureWhereTheTokenCannotBeUsed(String body) {
    identity(200, issued(JWT));
    exchange(aResponse().withBody(body));

    assertThat(assertFailed(askFederated(OIDC), FailureCode.SERVICE)).contains("no token");
  }

  @Test
  void sendsNoAssertionThatTheVendorWouldNotTake() {
    identity(200, issued("a".repeat(4_000) + "." + "b".repeat(12_400) + "." + "c".repeat(4_000)));

    assertThat(assertFailed(askFederated(OIDC), FailureCode.AUTH)).contains("16 KiB");
    assertThat(sent("/base/v1/oauth/token")).isEmpty();
  }

  @Test
  void namesThePermissionWhereGitHubGivesNoIdentity() {
    identity(403, "{}");

    assertThat(assertFailed(askFederated(OIDC), FailureCode.AUTH)).contains("id-token: write");
  }

  @Test
  void refusesARuleThatIsIncompleteAndAnEndpointThatCanBeOverheard() {
    AgentSpec incomplete = lane(base(), Map.of("organization_id", "o"));
    assertThatThrownBy(() -> provider(incomplete, Secret.of(KEY), http()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("federation_rule_id");
    AgentSpec open = lane("http://proxy.example.org", OIDC);
    assertThatThrownBy(() -> provider(open, Secret.of(KEY), http()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("https");
  }

  private Answer askFederated(Map<String, String> oidc) {
    AgentSpec lane = lane(base(), oidc);
    Agent agent = agent(lane, provider(lane, Secret.of(KEY), http()), new Redactor(List.of()));
    return ask(agent);
  }

  private void identity(int status, String body) {
    github.stubFor(
        get(urlPathEqualTo("/id")).willReturn(aResponse().withStatus(status).withBody(body)));
  }

  private void exchange(ResponseDefinitionBuilder reply) {
    server.stubFor(post(urlEqualTo("/base/v1/oauth/token")).willReturn(reply));
  }

  private List<LoggedRequest> sent(String path) {
    return server.findAll(postRequestedFor(urlEqualTo(path)));
  }

  private static String issued(String jwt) {
    return "{\"value\":\"" + jwt + "\",\"count\":" + jwt.length() + "}";
  }

  private static String token(String value, long seconds) {
    JsonObject token =
        Json.object()
            .put("access_token", value)
            .put("token_type", "Bearer")
            .put("expires_in", seconds)
            .build();
    return CanonicalJson.text(token);
  }

  private AgentSpec lane(String endpoint, Map<String, String> oidc) {
    return LaneSamples.keyless(spec(endpoint), oidc);
  }
}
