package dev.optr.agents.openai;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.optr.agents.Agent;
import dev.optr.agents.Answer;
import dev.optr.agents.FailureCode;
import dev.optr.agents.GitHubIdentity;
import dev.optr.agents.LaneSamples;
import dev.optr.base.CanonicalJson;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.base.UserException;
import dev.optr.workflow.AgentSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lanes without a key: GitHub's identity for an access token. */
final class OpenAiFederationTest extends OpenAiHarness {
  private static final String REQUEST_TOKEN = "runner-token-0123456789";
  private static final String JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJyZXBvIn0.c2lnbmF0dXJl";
  private static final String ACCESS = "wif-access-token-0123456789";
  private static final Map<String, String> OIDC =
      Map.of(
          "audience", "https://api.openai.com/v1",
          "identity_provider_id", "idp_1",
          "service_account_id", "sa_1");

  @BeforeEach
  void runnersRequestsAreNoVendors() {
    traffic.besides("/identity");
  }

  @Override
  protected AgentSpec spec(String endpoint) {
    return LaneSamples.keyless(super.spec(endpoint), OIDC);
  }

  @Test
  void exchangesTheJobsIdentityForAToken() {
    answers(identity(), token(3600), reply(200, "decline"));

    Answer answer = ask(keyless());

    assertThat(answer).isInstanceOf(Answer.Declined.class);
    server.verify(
        getRequestedFor(urlPathEqualTo("/identity"))
            .withQueryParam("api-version", equalTo("2.0"))
            .withQueryParam("audience", equalTo("https://api.openai.com/v1"))
            .withHeader("Authorization", equalTo("Bearer " + REQUEST_TOKEN)));
    JsonObject exchange = bodyOf("/base/oauth/token");
    assertThat(exchange.members())
        .containsOnlyKeys(
            "grant_type",
            "subject_token",
            "subject_token_type",
            "identity_provider_id",
            "service_account_id");
    assertThat(exchange.text("subject_token")).isEqualTo(JWT);
    server.verify(
        postRequestedFor(urlEqualTo("/base/responses"))
            .withHeader("Authorization", equalTo("Bearer " + ACCESS)));
    assertThat(answer.exchange().usage().requests()).isEqualTo(3);
    assertNothingShown(answer);
  }

  @Test
  void exchangesOnceForSeveralTurns() {
    answers(identity(), token(3600), reply(200, "schema-invalid"));

    assertFailed(ask(keyless()), FailureCode.SCHEMA);
    server.verify(2, postRequestedFor(urlEqualTo("/base/responses")));
    server.verify(1, postRequestedFor(urlEqualTo("/base/oauth/token")));
  }

  @Test
  void exchangesAgainShortlyBeforeTheTokenEnds() {
    answers(identity(), token(60), reply(200, "schema-invalid").withHeader("X", "y"));
    Agent agent = keyless();

    assertFailed(ask(agent), FailureCode.SCHEMA);
    clock.sleep(Duration.ofSeconds(31));
    assertFailed(ask(agent), FailureCode.SCHEMA);

    server.verify(2, postRequestedFor(urlEqualTo("/base/oauth/token")));
  }

  @Test
  void exchangesOnceMoreWhereAnEarlierTokenIsNoLongerTaken() {
    answers(identity(), token(3600), reply(401, "bad-key"));

    Answer answer = ask(keyless());

    assertThat(assertFailed(answer, FailureCode.AUTH)).contains("check 'oidc' of agent 'lane'");
    server.verify(2, postRequestedFor(urlEqualTo("/base/responses")));
    server.verify(2, postRequestedFor(urlEqualTo("/base/oauth/token")));
  }

  @Test
  void saysWhatTheJobLacks() {
    answers(aResponse().withStatus(403), token(3600), reply(200, "decline"));

    assertThat(assertFailed(ask(keyless()), FailureCode.AUTH)).contains("id-token: write");
    server.verify(0, postRequestedFor(urlEqualTo("/base/oauth/token")));
  }

  @Test
  void namesTheCodeOfARefusedExchangeAndNothingElseOfIt() {
    answers(
        identity(),
        aResponse()
            .withStatus(401)
            .withBody("{\"error\": \"invalid_grant\", \"error_description\": \"" + JWT + "\"}"),
        reply(200, "decline"));

    Answer answer = ask(keyless());

    assertThat(assertFailed(answer, FailureCode.AUTH)).contains("'invalid_grant'");
    assertNothingShown(answer);
    server.verify(0, postRequestedFor(urlEqualTo("/base/responses")));
  }

  @Test
  void believesNoTokenThatIsNone() {
    answers(aResponse().withBody("{\"value\": \"no token\"}"), token(60), reply(200, "decline"));
    assertFailed(ask(keyless()), FailureCode.SERVICE);

    answers(
        identity(), aResponse().withBody("{\"access_token\": \"a\\nb\"}"), reply(200, "decline"));
    assertFailed(ask(keyless()), FailureCode.SERVICE);
  }

  @Test
  void believesNoAnswerThatHoldsItsToken() {
    answers(
        identity(),
        token(3600),
        aResponse().withStatus(200).withBody("{\"id\": \"" + ACCESS + "\"}"));

    Answer answer = ask(keyless());

    assertFailed(answer, FailureCode.SERVICE);
    assertNothingShown(answer);
  }

  @Test
  void keepsItsTokenOutOfMessages() {
    answers(
        identity(),
        token(3600),
        aResponse()
            .withStatus(400)
            .withBody("{\"error\": {\"message\": \"what is " + ACCESS + "\", \"type\": \"x\"}}"));

    Answer answer = ask(keyless());

    assertThat(assertFailed(answer, FailureCode.SERVICE)).contains("'what is ***'");
    assertNothingShown(answer);
  }

  @Test
  void saysWhatIsWrongWithOidc() {
    AgentSpec lacking =
        LaneSamples.keyless(super.spec(base()), Map.of("audience", "x", "client", "y"));

    assertThatThrownBy(() -> agent(lacking))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("lacks 'identity_provider_id'")
        .hasMessageContaining("lacks 'service_account_id'")
        .hasMessageContaining("unknown member 'client'");
    assertThatThrownBy(() -> agent(spec("https://some.openai.azure.com/openai/v1")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Azure");
  }

  private Agent keyless() {
    return agent(spec());
  }

  private Agent agent(AgentSpec spec) {
    GitHubIdentity identity =
        new GitHubIdentity(
            "http://127.0.0.1:" + server.port() + "/identity?api-version=2.0",
            Secret.of(REQUEST_TOKEN),
            http());
    OpenAi provider =
        OpenAi.federated(spec, Optional.empty(), identity, server.baseUrl() + "/base", http());
    return agent(spec, provider, new Redactor(List.of(Secret.of(REQUEST_TOKEN))));
  }

  private void answers(
      ResponseDefinitionBuilder identity,
      ResponseDefinitionBuilder token,
      ResponseDefinitionBuilder response) {
    answer(response);
    server.stubFor(get(urlPathEqualTo("/identity")).willReturn(identity));
    server.stubFor(post(urlEqualTo("/base/oauth/token")).willReturn(token));
  }

  private static ResponseDefinitionBuilder identity() {
    return aResponse().withStatus(200).withBody("{\"count\": 1, \"value\": \"" + JWT + "\"}");
  }

  private static ResponseDefinitionBuilder token(int life) {
    JsonObject body =
        Json.object()
            .put("access_token", ACCESS)
            .put("issued_token_type", "urn:ietf:params:oauth:token-type:access_token")
            .put("token_type", "Bearer")
            .put("expires_in", life)
            .build();
    return aResponse().withStatus(200).withBody(CanonicalJson.text(body));
  }

  private JsonObject bodyOf(String url) {
    try {
      return JsonReader.readObject(
          server.findAll(postRequestedFor(urlEqualTo(url))).getFirst().getBody());
    } catch (JsonException e) {
      throw new IllegalStateException(e);
    }
  }

  private void assertNothingShown(Answer answer) {
    assertThat(answer.toString() + told + passed)
        .doesNotContain(JWT)
        .doesNotContain(ACCESS)
        .doesNotContain(REQUEST_TOKEN);
  }
}
