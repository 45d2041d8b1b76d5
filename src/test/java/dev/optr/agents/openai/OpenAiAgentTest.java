package dev.optr.agents.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.agents.AgentContract;
import dev.optr.agents.FailureCode;
import dev.optr.agents.Provider;
import dev.optr.agents.ProviderHttp;
import dev.optr.agents.Tool;
import dev.optr.agents.Toolbox;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.Secret;
import dev.optr.testing.ResponsesWire;
import dev.optr.testing.VendorWire;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OpenAiAgentTest extends AgentContract {
  @Override
  protected Samples samples() {
    return Samples.responses(AgentType.OPENAI_CODEX);
  }

  @Override
  protected VendorWire wire() {
    return new ResponsesWire();
  }

  @Override
  protected Provider provider(AgentSpec spec, Secret key, ProviderHttp http) {
    return new OpenAi(spec, Optional.empty(), key, http);
  }

  @Test
  void sendsExactlyWhatTheResponsesApiWants() {
    answer(reply(200, "decline"));

    ask();

    JsonObject body = sentBody();
    assertThat(body.members())
        .containsOnlyKeys(
            "model",
            "instructions",
            "input",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "include",
            "store",
            "prompt_cache_key",
            "max_output_tokens");
    assertThat(body.text("model")).isEqualTo("gpt-6.1-sol");
    assertThat(body.text("instructions")).contains("c1: Keep the public API as it is");
    assertThat(body.text("tool_choice")).isEqualTo("auto");
    assertThat(body.get("store")).isEqualTo(Json.bool(false));
    assertThat(body.get("parallel_tool_calls")).isEqualTo(Json.bool(true));
    assertThat(body.integer("max_output_tokens")).isEqualTo(64_000L);
    JsonObject input = (JsonObject) body.array("input").getFirst();
    assertThat(input.text("role")).isEqualTo("user");
    JsonObject part = (JsonObject) input.array("content").getFirst();
    assertThat(part.text("type")).isEqualTo("input_text");
    assertThat(part.text("text")).contains("Make login survive").contains("class B {}");
    assertThat(body.get("include")).isEqualTo(Json.texts(List.of("reasoning.encrypted_content")));
    assertThat(body.text("prompt_cache_key")).matches("[0-9a-f]{64}");
    assertThat(body.get("tools"))
        .isEqualTo(Json.array(Toolbox.tools().stream().map(OpenAiAgentTest::tool).toList()));
    assertThat(server.getAllServeEvents().getFirst().getRequest().header("Authorization").values())
        .containsExactly("Bearer " + KEY);
  }

  @Test
  void namesTheFailuresThatOnlyThisApiKnows() {
    assertFails("truncated-without-message", FailureCode.TRUNCATED);
    assertFails("content-filter", FailureCode.REFUSED);
    assertFails("failed", FailureCode.SERVICE);
    assertFails("failed-policy", FailureCode.REFUSED);
    assertFails("arguments-cut", FailureCode.SCHEMA);
  }

  @Test
  void showsAzureItsKeyInAzuresOwnHeader() {
    assertThat(OpenAi.isAzure("https://some.OpenAI.azure.com/openai/v1")).isTrue();
    assertThat(OpenAi.isAzure("https://openai.azure.com.example.org/v1")).isFalse();
    assertThat(OpenAi.isAzure("https://api.openai.com/v1")).isFalse();
  }

  private static JsonObject tool(Tool tool) {
    return Json.object()
        .put("type", "function")
        .put("name", tool.name())
        .put("description", tool.description())
        .put("strict", true)
        .put("parameters", tool.schema())
        .build();
  }
}
