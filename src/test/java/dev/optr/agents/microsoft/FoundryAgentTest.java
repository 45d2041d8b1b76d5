package dev.optr.agents.microsoft;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.agents.AgentContract;
import dev.optr.agents.FailureCode;
import dev.optr.agents.Provider;
import dev.optr.agents.ProviderHttp;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.Secret;
import dev.optr.testing.ResponsesWire;
import dev.optr.testing.VendorSchemas;
import dev.optr.testing.VendorWire;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A model that is deployed in a Foundry project, asked with a token that was given to us. */
final class FoundryAgentTest extends AgentContract {
  private static final String PROJECT = "/api/projects/demo";
  private static final String PATH = PROJECT + "/openai/v1/responses";

  @Override
  protected Samples samples() {
    return Samples.responses(AgentType.MS_COPILOT_STRIDE);
  }

  @Override
  protected AgentSpec spec(String endpoint) {
    String project = endpoint.replaceAll("/+$", "") + PROJECT;
    return MicrosoftHarness.lane("foundry", "gpt-6.1-sol", project);
  }

  @Override
  protected VendorWire wire() {
    return new ProjectWire();
  }

  @Override
  protected Provider provider(AgentSpec spec, Secret key, ProviderHttp http) {
    return new Foundry(spec, new EntraCredential.AccessToken(key), Optional.empty(), http);
  }

  @Test
  void sendsWhatAProjectWants() {
    answer(reply(200, "decline"));

    ask();

    JsonObject body = sentBody();
    assertThat(body.members())
        .containsOnlyKeys(
            "model",
            "instructions",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "max_output_tokens",
            "store",
            "input");
    assertThat(body.get("store")).isEqualTo(Json.bool(false));
    assertThat(server.getAllServeEvents().getFirst().getRequest().header("Authorization").values())
        .containsExactly("Bearer " + KEY);
  }

  @Test
  void tellsAUsedUpQuotaFromAFailureAlsoWhereTheResponseItselfHasFailed() {
    String failed = new String(fixture("failed"), UTF_8);
    String quota = failed.replace("\"server_error\"", "\"insufficient_quota\"");
    assertThat(quota).isNotEqualTo(failed);
    answer(reply(200, "failed").withBody(quota));

    assertFailed(ask(), FailureCode.QUOTA);
  }

  @Test
  void namesTheFailuresThatOnlyThisApiKnows() {
    assertFails("truncated-without-message", FailureCode.TRUNCATED);
    assertFails("content-filter", FailureCode.REFUSED);
    assertFails("failed", FailureCode.SERVICE);
    assertFails("failed-policy", FailureCode.REFUSED);
    assertFails("arguments-cut", FailureCode.SCHEMA);
  }

  /** The Responses API at a project's place. */
  private static final class ProjectWire implements VendorWire {
    private final ResponsesWire responses = new ResponsesWire();

    @Override
    public String path() {
      return PATH;
    }

    @Override
    public String schema() {
      return VendorSchemas.FOUNDRY_RESPONSES;
    }

    @Override
    public String instructions(JsonObject request) {
      return responses.instructions(request);
    }

    @Override
    public Optional<String> complaint(JsonObject request, List<JsonObject> answers) {
      return responses.complaint(request, answers);
    }

    @Override
    public JsonObject answer(int number, Said said) {
      return responses.answer(number, said);
    }

    @Override
    public JsonObject refusal(String complaint) {
      return responses.refusal(complaint);
    }
  }
}
