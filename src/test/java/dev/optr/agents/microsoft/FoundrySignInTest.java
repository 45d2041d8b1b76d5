package dev.optr.agents.microsoft;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.optr.agents.Answer;
import dev.optr.agents.FailureCode;
import dev.optr.agents.GitHubIdentity;
import dev.optr.base.CanonicalJson;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.base.Secret;
import dev.optr.base.UserException;
import dev.optr.testing.EntraPlayer;
import dev.optr.testing.ResponsesWire;
import dev.optr.testing.VendorWire.Words;
import dev.optr.workflow.AgentSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a lane gets into a Foundry project, and what it says to an agent there. */
final class FoundrySignInTest extends MicrosoftHarness {
  private static final String CLIENT = "11111111-2222-3333-4444-555555555555";

  private final WireMockServer project =
      new WireMockServer(options().dynamicPort().jettyStopTimeout(100L));
  private final EntraPlayer entra = new EntraPlayer();

  static AgentSpec withOidc(AgentSpec lane) {
    return new AgentSpec(
        lane.name(),
        lane.type(),
        lane.model(),
        lane.endpoint(),
        lane.credential(),
        lane.backend(),
        lane.role(),
        lane.organization(),
        lane.project(),
        Map.of("audience", EntraCredential.AUDIENCE),
        lane.deleteBranch(),
        lane.timeout(),
        lane.turns(),
        lane.budget(),
        lane.exclude(),
        lane.file(),
        lane.command(),
        lane.digest());
  }

  @BeforeEach
  void start() {
    project.start();
    project.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(401)));
  }

  @AfterEach
  void stop() {
    project.stop();
    entra.close();
  }

  @Test
  void signsInOnceWithASecret() {
    says(1, LIST, PATH);

    Answer answer = ask("gpt-6.1-sol", secret());

    assertThat(answer).isInstanceOf(Answer.Proposed.class);
    assertThat(entra.forms())
        .containsExactly(
            Map.of(
                "grant_type",
                "client_credentials",
                "client_id",
                CLIENT,
                "scope",
                "https://ai.azure.com/.default",
                "client_secret",
                KEY));
    assertThat(answer.toString()).doesNotContain(KEY).doesNotContain(EntraPlayer.token(1));
  }

  @Test
  void signsInWithTheJobsIdentity() {
    says(1, PATH);
    GitHubIdentity identity =
        new GitHubIdentity(entra.identityUrl(), Secret.of("runner-token-0123"), http());

    Answer answer =
        ask(
            "gpt-6.1-sol",
            new EntraCredential.Federated(
                EntraPlayer.TENANT, CLIENT, identity, EntraCredential.AUDIENCE));

    assertThat(answer).isInstanceOf(Answer.Proposed.class);
    assertThat(entra.asked().getFirst()).endsWith("&audience=api%3A%2F%2FAzureADTokenExchange");
    assertThat(entra.forms().getFirst())
        .containsEntry("client_assertion", EntraPlayer.IDENTITY)
        .containsEntry(
            "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
        .doesNotContainKey("client_secret");
    assertThat(answer.toString()).doesNotContain(EntraPlayer.IDENTITY);
  }

  @Test
  void signsInAgainWhereTheTokenIsAboutToEnd() {
    entra.tokensLive(60);
    says(1, LIST);
    says(2, PATH);

    assertThat(ask("gpt-6.1-sol", secret())).isInstanceOf(Answer.Proposed.class);
    assertThat(entra.forms()).hasSize(2);
  }

  @Test
  void signsInAgainWhereTheTokenIsRefused() {
    says(2, PATH);

    assertThat(ask("gpt-6.1-sol", secret())).isInstanceOf(Answer.Proposed.class);
    assertThat(entra.forms()).hasSize(2);
  }

  @Test
  void givesUpWhereEveryTokenIsRefused() {
    assertThat(assertFailed(ask("gpt-6.1-sol", secret()), FailureCode.AUTH)).contains("role");
    assertThat(entra.forms()).hasSize(2);
  }

  @Test
  void namesTheErrorOfEntraWithoutItsWords() {
    entra.refuses();

    Answer answer = ask("gpt-6.1-sol", secret());

    assertThat(assertFailed(answer, FailureCode.AUTH))
        .contains("401", "'invalid_client'", "AADSTS7000215", "'microsoft-client-secret'")
        .doesNotContain("Invalid secret");
    assertThat(answer.toString()).doesNotContain(KEY).doesNotContain("Invalid secret");
    assertThat(project.getAllServeEvents()).isEmpty();
  }

  @Test
  void speaksTheProtocolAsTextToAnAgent() throws JsonException {
    says(1, LIST, "Well: " + PATH);

    assertThat(ask("agent:my-agent:3", secret())).isInstanceOf(Answer.Proposed.class);

    List<LoggedRequest> requests = project.findAll(postRequestedFor(anyUrl()));
    JsonObject last = JsonReader.readObject(requests.getLast().getBody());
    assertThat(last.members()).containsOnlyKeys("agent_reference", "store", "input");
    assertThat(CanonicalJson.text(last.object("agent_reference")))
        .isEqualTo("{\"name\":\"my-agent\",\"type\":\"agent_reference\",\"version\":\"3\"}");
    assertThat(CanonicalJson.text(last)).contains("You propose one change", "src/B.java");
  }

  @ParameterizedTest
  @ValueSource(strings = {"agent:", "agent:a b", "agent:a:b:c", "agent:-a", "agent:a/b"})
  void refusesAnAgentsNameThatCannotBeRead(String model) {
    assertThatThrownBy(() -> ask(model, secret()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("names no agent");
  }

  @Test
  void needsAModelAndAnEndpoint() {
    assertThatThrownBy(() -> ask(null, secret()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'agent:NAME'");
    AgentSpec nowhere = lane("foundry", "gpt-6.1-sol", null);
    assertThatThrownBy(() -> new Foundry(nowhere, secret(), Optional.empty(), http()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("services.ai.azure.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../other", "a/b", "a?b", ""})
  void refusesATenantThatWouldLeadElsewhere(String tenant) {
    EntraCredential odd = new EntraCredential.ClientSecret(tenant, CLIENT, Secret.of(KEY));

    assertThatThrownBy(() -> ask("gpt-6.1-sol", odd))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("tenant id");
  }

  @Test
  void signsInNowhereThatCouldBeOverheard() {
    AgentSpec lane = lane("foundry", "gpt-6.1-sol", project.baseUrl() + "/api/projects/demo");
    Optional<String> open = Optional.of("http://login.example");

    assertThatThrownBy(() -> new Foundry(lane, secret(), open, http()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'AZURE_AUTHORITY_HOST'")
        .hasMessageContaining("no https URL");
  }

  @Test
  void believesNoAnswerWithItsTokenHoweverThatIsWritten() {
    String token = EntraPlayer.token(1);
    String escaped = "\\u%04x".formatted((int) token.charAt(0)) + token.substring(1);
    String answer = CanonicalJson.text(new ResponsesWire().answer(1, new Words("it is " + token)));
    project.stubFor(
        post("/api/projects/demo/openai/v1/responses")
            .willReturn(aResponse().withBody(answer.replace(token, escaped))));

    Answer said = ask("gpt-6.1-sol", secret());

    assertThat(((Answer.Failed) said).message()).contains("the lane's own token");
    assertThat(said.exchange().transcript().toString()).doesNotContain(token);
  }

  private static EntraCredential secret() {
    return new EntraCredential.ClientSecret(EntraPlayer.TENANT, CLIENT, Secret.of(KEY));
  }

  /** Under this token the project says these, one per turn, the last again and again. */
  private void says(int token, String... texts) {
    ResponsesWire wire = new ResponsesWire();
    String scenario = "token " + token;
    for (int i = 0; i < texts.length; i++) {
      String state = i == 0 ? Scenario.STARTED : "turn " + i;
      String next = i == texts.length - 1 ? state : "turn " + (i + 1);
      project.stubFor(
          post("/api/projects/demo/openai/v1/responses")
              .withHeader("Authorization", equalTo("Bearer " + EntraPlayer.token(token)))
              .inScenario(scenario)
              .whenScenarioStateIs(state)
              .willReturn(
                  aResponse()
                      .withBody(
                          CanonicalJson.text(wire.answer(i + 1, new Words(texts[i])))
                              .getBytes(UTF_8)))
              .willSetStateTo(next));
    }
  }

  private Answer ask(@Nullable String model, EntraCredential credential) {
    AgentSpec lane = lane("foundry", model, project.baseUrl() + "/api/projects/demo");
    return ask(lane, new Foundry(lane, credential, Optional.of(entra.base()), http()));
  }
}
