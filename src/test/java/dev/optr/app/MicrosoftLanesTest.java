package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.agents.Agent;
import dev.optr.agents.Models;
import dev.optr.agents.Prices;
import dev.optr.agents.ProviderHttp;
import dev.optr.agents.Retries;
import dev.optr.agents.RunBudget;
import dev.optr.agents.ToolLoops;
import dev.optr.base.Bytes;
import dev.optr.base.Checkpoint;
import dev.optr.base.Network;
import dev.optr.base.Secret;
import dev.optr.base.UserException;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.Workflow;
import dev.optr.workflow.WorkflowFile;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MicrosoftLanesTest {
  private static final String PROJECT =
      "backend: foundry\n    endpoint: https://a.example/api/projects/p\n    model: gpt-6.1-sol";
  private static final String APP_TOKEN = "eyJhIjoxfQ.eyJpZHR5cCI6ImFwcCJ9.c2ln";

  @ParameterizedTest
  @CsvSource({
    "direct-line, DIRECT_LINE_SECRET, direct-line-secret",
    "graph, MICROSOFT_TOKEN, microsoft-token",
    "work-iq, MICROSOFT_TOKEN, microsoft-token"
  })
  void namesWhatEachBackendNeeds(String backend, String variable, String input) {
    String lines = "backend: " + backend;

    assertThat(agent(lines, Map.of()).unavailable().orElseThrow())
        .contains("'" + variable + "'", "'" + input + "'");
    assertThat(agent(lines, Map.of(variable, "some-credential-1234")).unavailable()).isEmpty();
  }

  @Test
  void asksOverDirectLineWhereNoBackendIsNamed() {
    assertThat(agent("timeout: 1m", Map.of()).unavailable().orElseThrow())
        .contains("'DIRECT_LINE_SECRET'");
  }

  @Test
  void namesAllThatASignInLacks() {
    assertThat(agent(PROJECT, Map.of()).unavailable().orElseThrow())
        .contains("'MICROSOFT_TENANT_ID'", "'MICROSOFT_CLIENT_ID'", "'MICROSOFT_CLIENT_SECRET'");
    Map<String, String> half = Map.of("MICROSOFT_TENANT_ID", "contoso", "MICROSOFT_CLIENT_ID", "1");
    assertThat(agent(PROJECT, half).unavailable().orElseThrow())
        .contains("'MICROSOFT_CLIENT_SECRET'")
        .doesNotContain("TENANT");
  }

  @Test
  void signsInWithASecretATokenOrTheJobsIdentity() {
    Map<String, String> application =
        Map.of("MICROSOFT_TENANT_ID", "contoso", "MICROSOFT_CLIENT_ID", "1");
    String keyless = PROJECT + "\n    oidc: {audience: \"api://AzureADTokenExchange\"}";

    assertThat(agent(PROJECT, Map.of("MICROSOFT_TOKEN", "token-12345")).unavailable()).isEmpty();
    assertThat(
            agent(
                    PROJECT,
                    Map.of(
                        "MICROSOFT_TENANT_ID", "contoso",
                        "MICROSOFT_CLIENT_ID", "1",
                        "MICROSOFT_CLIENT_SECRET", "secret-12345"))
                .unavailable())
        .isEmpty();
    assertThat(agent(keyless, application).unavailable().orElseThrow()).contains("id-token: write");
    assertThat(
            agent(
                    keyless,
                    Map.of(
                        "MICROSOFT_TENANT_ID", "contoso",
                        "MICROSOFT_CLIENT_ID", "1",
                        "ACTIONS_ID_TOKEN_REQUEST_URL", "https://runner.example/token?x=1",
                        "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "runner-token"))
                .unavailable())
        .isEmpty();
  }

  @Test
  void saysBeforeAnybodyIsAskedThatAnApplicationsTokenIsOfNoUse() {
    assertThat(
            agent("backend: graph", Map.of("MICROSOFT_TOKEN", APP_TOKEN))
                .unavailable()
                .orElseThrow())
        .contains("delegated token", "Sites.Read.All")
        .doesNotContain(APP_TOKEN);
  }

  @Test
  void refusesMembersOfOidcThatNobodyKnows() {
    assertThatThrownBy(() -> agent(PROJECT + "\n    oidc: {tenant: x}", Map.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("[tenant]")
        .hasMessageContaining("tenant_id");
  }

  @Test
  void redactsEveryCredentialWhetherALaneUsesItOrNot() {
    Map<String, String> environment =
        Map.of(
            "DIRECT_LINE_SECRET", "secret-a",
            "MICROSOFT_TOKEN", "secret-b",
            "MICROSOFT_CLIENT_SECRET", "secret-c");

    assertThat(Credentials.ofVariables(environment).all(workflow("backend: graph")))
        .extracting(Secret::reveal)
        .contains("secret-a", "secret-b", "secret-c");
  }

  private static Agent agent(String lines, Map<String, String> environment) {
    AgentSpec spec = workflow(lines).agents().getFirst();
    ToolLoops loops =
        new ToolLoops(
            Models.shipped(),
            Prices.shipped(),
            new RunBudget(Workflow.Budget.NONE),
            new Retries(new Random(7), _ -> {}, () -> Instant.EPOCH, Checkpoint.NONE));
    ProviderHttp http = new ProviderHttp(Network.direct(), "1.2.3");
    Credentials credentials = Credentials.ofVariables(environment);
    return new MicrosoftLanes(credentials, loops, http, new Variables(environment)).agent(spec);
  }

  private static Workflow workflow(String lines) {
    String file =
        """
        agents:
          - name: mscopilot
            type: ms-copilot-stride
            %s
        optr: select_optr
        ledger: enabled
        auditable: true
        """
            .formatted(lines);
    return WorkflowFile.parse("workflow-optr.yaml", Bytes.utf8(file));
  }
}
