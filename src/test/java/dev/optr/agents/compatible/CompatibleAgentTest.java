package dev.optr.agents.compatible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.agents.AgentContract;
import dev.optr.agents.Answer;
import dev.optr.agents.FailureCode;
import dev.optr.agents.LaneSamples;
import dev.optr.agents.Prices;
import dev.optr.agents.Provider;
import dev.optr.agents.ProviderHttp;
import dev.optr.agents.Usage;
import dev.optr.base.JsonObject;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.base.UserException;
import dev.optr.testing.ChatWire;
import dev.optr.testing.PlayedModel;
import dev.optr.testing.VendorWire;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import dev.optr.workflow.Workflow;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CompatibleAgentTest extends AgentContract {
  @Override
  protected Samples samples() {
    return new Samples(
        AgentType.OPENAI_COMPATIBLE, "compatible", "x-request-id", 3072L, null, "0.0021952");
  }

  @Override
  protected VendorWire wire() {
    return new ChatWire();
  }

  @Override
  protected AgentSpec spec(String endpoint) {
    return LaneSamples.spec(
        "lane",
        type(),
        Duration.ofSeconds(60),
        "local-coder",
        endpoint,
        Workflow.Budget.NONE,
        List.of(),
        null);
  }

  @Override
  protected Prices prices() {
    Workflow.Price price =
        new Workflow.Price(BigDecimal.ONE, new BigDecimal("4"), new BigDecimal("0.1"));
    return Prices.none().with(Map.of("local-coder", price));
  }

  @Override
  protected Provider provider(AgentSpec spec, Secret key, ProviderHttp http) {
    return new Compatible(spec, Optional.of(key), http);
  }

  @Test
  void sendsNoMemberThatAServerMightNotKnow() {
    answer(reply(200, "decline"));

    ask();

    JsonObject body = sentBody();
    assertThat(body.members()).containsOnlyKeys("model", "messages", "tools", "max_tokens");
    assertThat(body.text("model")).isEqualTo("local-coder");
    assertThat(body.integer("max_tokens")).isEqualTo(8192L);
    assertThat(header("Authorization")).contains("Bearer " + KEY);
  }

  @Test
  void needsNoCredential() {
    answer(reply(200, "decline"));

    Provider provider = new Compatible(spec(), Optional.empty(), http());
    Answer answer = ask(agent(spec(), provider, new Redactor(List.of())));

    assertThat(answer).isInstanceOf(Answer.Declined.class);
    assertThat(header("Authorization")).isEmpty();
  }

  @Test
  void explainsTheToolsInTextWhereTheServerRefusesThem() {
    answers(reply(400, "no-tools"), reply(200, "text"));

    Answer answer = ask();

    assertThat(answer).isInstanceOf(Answer.Proposed.class);
    assertThat(sentBody().members()).containsOnlyKeys("model", "messages", "max_tokens");
    assertThat(wire().instructions(sentBody())).contains("You have no tools of your own");
    // The prompt, the prompt with explanations, and the turn.
    assertThat(answer.exchange().transcript()).hasSize(3);
    assertThat(answer.exchange().usage().requests()).isEqualTo(2);
  }

  @Test
  void explainsTheToolsInTextWhereTheModelIgnoresThem() {
    String call = "{\"tool\": \"decline\", \"arguments\": {\"reason\": \"It is fine.\"}}";
    try (PlayedModel model =
        PlayedModel.start(wire(), new VendorWire.Words("Sure!"), new VendorWire.Words(call))) {
      assertThat(ask(spec(model.base()))).isInstanceOf(Answer.Declined.class);
      assertThat(model.complaints()).isEmpty();
      assertThat(model.requests().getFirst().array("tools")).isNotEmpty();
      assertThat(model.requests().getLast().array("tools")).isEmpty();
    }
  }

  @Test
  void keepsTheToolsOfAModelThatCalledOne() {
    VendorWire.Call list = new VendorWire.Call("list_files", "{\"glob\": \"**\"}");
    VendorWire.Call decline = new VendorWire.Call("decline", "{\"reason\": \"It is fine.\"}");
    try (PlayedModel model =
        PlayedModel.start(
            wire(),
            new VendorWire.Calls(List.of(list)),
            new VendorWire.Words("Let me think."),
            new VendorWire.Calls(List.of(decline)))) {
      assertThat(ask(spec(model.base()))).isInstanceOf(Answer.Declined.class);
      assertThat(model.complaints()).isEmpty();
      assertThat(model.requests().getLast().array("tools")).isNotEmpty();
    }
  }

  @Test
  void saysNothingOfTokensWhereTheServerDoesNot() {
    String body = new String(fixture("decline"), StandardCharsets.UTF_8);
    answer(reply(200, "decline").withBody(body.replace("\"usage\"", "\"unused\"")));

    Usage usage = ask().exchange().usage();

    assertThat(usage.inputTokens()).isNull();
    assertThat(usage.usd()).isNull();
  }

  @Test
  void takesArgumentsThatAreNoText() {
    answer(
        reply(200, "decline")
            .withBody(
                """
                {"choices": [{"message": {"role": "assistant", "tool_calls": [{"id": "c",
                 "function": {"name": "decline", "arguments": {"reason": "It is fine."}}}]}}]}
                """));

    assertThat(ask()).isInstanceOf(Answer.Declined.class);
  }

  @Test
  void readsErrorsInTheFormsThatServersHave() {
    for (String body :
        List.of(
            "{\"error\": \"too busy\"}",
            "{\"object\": \"error\", \"message\": \"too busy\"}",
            "{\"detail\": \"too busy\"}")) {
      answer(reply(400, "decline").withBody(body));
      assertThat(assertFailed(ask(), FailureCode.SERVICE)).contains("'too busy'");
    }
  }

  @Test
  void namesTheFailuresThatOnlyThisApiKnows() {
    assertFails("content-filter", FailureCode.REFUSED);
    assertFails("arguments-cut", FailureCode.SCHEMA);
    assertFails("truncated-without-message", FailureCode.TRUNCATED);
  }

  @Test
  void asksForAnEndpointAndAModel() {
    AgentSpec nowhere = LaneSamples.spec(type(), null, Duration.ofSeconds(60));
    assertThatThrownBy(() -> new Compatible(nowhere, Optional.empty(), http()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("add 'endpoint:'");

    AgentSpec nobody = LaneSamples.spec(type(), base(), Duration.ofSeconds(60));
    assertThatThrownBy(() -> agent(nobody, Secret.of(KEY)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("add 'model:'");
  }

  private Optional<String> header(String name) {
    return Optional.ofNullable(server.getAllServeEvents().getFirst().getRequest().getHeader(name));
  }
}
