package dev.optr.agents.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.optr.agents.AgentContract;
import dev.optr.agents.FailureCode;
import dev.optr.agents.Provider;
import dev.optr.agents.ProviderHttp;
import dev.optr.agents.Tool;
import dev.optr.agents.Toolbox;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.Secret;
import dev.optr.testing.MessagesWire;
import dev.optr.testing.VendorWire;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ClaudeAgentTest extends AgentContract {
  @Override
  protected Samples samples() {
    return new Samples(
        AgentType.ANTHROPIC_CLAUDE, "anthropic", "request-id", 220L, 3000L, "0.022844");
  }

  @Override
  protected VendorWire wire() {
    return new MessagesWire();
  }

  @Override
  protected Provider provider(AgentSpec spec, Secret key, ProviderHttp http) {
    return Claude.withKey(spec, Optional.empty(), key, http);
  }

  @Test
  void sendsExactlyWhatTheMessagesApiWants() {
    answer(reply(200, "decline"));

    ask();

    JsonObject body = sentBody();
    assertThat(body.members())
        .containsOnlyKeys(
            "model", "max_tokens", "stream", "system", "messages", "tools", "tool_choice");
    assertThat(body.text("model")).isEqualTo("claude-opus-5-5");
    assertThat(body.integer("max_tokens")).isEqualTo(64_000L);
    JsonObject system = (JsonObject) body.array("system").getFirst();
    JsonObject mark = Json.object().put("type", "ephemeral").build();
    assertThat(system.text("type")).isEqualTo("text");
    assertThat(system.get("cache_control")).isEqualTo(mark);
    assertThat(system.text("text")).contains("c1: Keep the public API as it is");
    JsonObject message = (JsonObject) body.array("messages").getFirst();
    assertThat(message.text("role")).isEqualTo("user");
    JsonObject part = (JsonObject) message.array("content").getFirst();
    assertThat(part.text("type")).isEqualTo("text");
    assertThat(part.get("cache_control")).isEqualTo(mark);
    assertThat(part.text("text")).contains("Make login survive").contains("class B {}");
    assertThat(body.get("tools"))
        .isEqualTo(Json.array(Toolbox.tools().stream().map(ClaudeAgentTest::tool).toList()));
    assertThat(body.object("tool_choice")).isEqualTo(Json.object().put("type", "auto").build());
  }

  @Test
  void sendsKeyAndVersionAsHeaders() {
    answer(reply(200, "decline"));

    ask();

    LoggedRequest request =
        LoggedRequest.createFrom(server.getAllServeEvents().getFirst().getRequest());
    assertThat(request.header("x-api-key").values()).containsExactly(KEY);
    assertThat(request.header("anthropic-version").values()).containsExactly("2026-10-21");
    assertThat(request.containsHeader("Authorization")).isFalse();
  }

  @Test
  void namesTheFailuresThatOnlyThisApiKnows() {
    assertFails("truncated-call", FailureCode.TRUNCATED);
    assertFails("context-exceeded-while-answering", FailureCode.TRUNCATED);
    assertThat(assertFails("paused", FailureCode.BUDGET)).contains("turns");
    assertFails(402, "billing", FailureCode.QUOTA);
    assertFails(400, "own-limit", FailureCode.QUOTA);
  }

  @Test
  void asksAgainWhereALimitPassesAndNotWhereMoneyIsUsedUp() {
    assertFails(429, "quota", FailureCode.QUOTA);
    assertThat(requests()).isEqualTo(1);
    assertFails(429, "contract-limit", FailureCode.QUOTA);
    assertThat(requests()).isEqualTo(1);
    assertFails(429, "ramp-limit", FailureCode.RATE_LIMIT);
    assertThat(requests()).isEqualTo(4);
    assertFails(529, "overloaded", FailureCode.SERVICE);
    assertThat(requests()).isEqualTo(4);
  }

  private static JsonObject tool(Tool tool) {
    return Json.object()
        .put("name", tool.name())
        .put("description", tool.description())
        .put("strict", true)
        .put("input_schema", tool.schema())
        .build();
  }
}
