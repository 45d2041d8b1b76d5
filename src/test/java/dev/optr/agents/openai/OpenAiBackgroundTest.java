package dev.optr.agents.openai;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.optr.agents.Agent;
import dev.optr.agents.Answer;
import dev.optr.agents.FailureCode;
import dev.optr.agents.LaneSamples;
import dev.optr.agents.Question;
import dev.optr.base.CanonicalJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.Secret;
import dev.optr.workflow.AgentSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Turns that may take longer than one answer can be waited for. */
final class OpenAiBackgroundTest extends OpenAiHarness {
  private static final String RESPONSE = "/base/responses/resp_1";

  @Override
  protected AgentSpec spec(String endpoint) {
    return LaneSamples.within(super.spec(endpoint), Duration.ofMinutes(20));
  }

  @Test
  void looksAgainUntilTheResponseIsThere() {
    answer(running("queued"));
    looks(running("in_progress"), reply(200, "proposal"));

    Answer answer = ask();

    assertThat(answer).isInstanceOf(Answer.Proposed.class);
    assertThat(clock.slept()).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(3));
    assertThat(answer.exchange().usage().requests()).isEqualTo(3);
    assertThat(answer.exchange().usage().usd()).isEqualByComparingTo("0.0045112");
    JsonObject turn = answer.exchange().transcript().getLast();
    assertThat(turn.array("requests")).hasSize(2);
    server.verify(0, postRequestedFor(urlEqualTo(RESPONSE + "/cancel")));
    server.verify(
        2, getRequestedFor(urlEqualTo(RESPONSE + "?include%5B%5D=reasoning.encrypted_content")));
  }

  @Test
  void saysThatTheResponseIsToBeKeptUntilItIsFetched() {
    answer(reply(200, "decline"));

    assertThat(ask()).isInstanceOf(Answer.Declined.class);
    assertThat(sentBody().isTrue("background")).isTrue();
    assertThat(sentBody().isTrue("store")).isTrue();
  }

  @Test
  void namesWhatWentWrongInTheBackground() {
    answer(running("queued"));
    looks(reply(200, "failed"), reply(200, "failed"));

    assertFailed(ask(), FailureCode.SERVICE);
  }

  @Test
  void saysThatTheResponseIsGone() {
    answer(running("queued"));
    looks(reply(404, "unknown-model"), reply(404, "unknown-model"));
    cancellable();

    Answer answer = ask();

    assertThat(assertFailed(answer, FailureCode.SERVICE)).contains("no longer knows");
    assertThat(answer.exchange().usage().usd()).isNull();
  }

  @Test
  void cancelsWhatIsNotDoneInTheLanesTime() {
    answer(running("queued"));
    looks(running("in_progress"), running("in_progress"));
    cancellable();

    Answer answer = ask();

    assertFailed(answer, FailureCode.TIMEOUT);
    assertThat(clock.slept().getLast()).isEqualTo(Duration.ofSeconds(15));
    assertThat(answer.exchange().usage().inputTokens()).isNull();
    assertThat(answer.exchange().usage().usd()).isNull();
    // Of many looks, the first answer alone.
    assertThat(answer.exchange().transcript()).hasSize(2);
    server.verify(1, postRequestedFor(urlEqualTo(RESPONSE + "/cancel")));
  }

  @Test
  void cancelsWhatNobodyWaitsForAnyLonger() throws InterruptedException {
    answer(running("queued"));
    looks(running("in_progress").withFixedDelay(20_000), running("in_progress"));
    cancellable();
    Agent agent = agent(spec(), Secret.of(KEY));
    Question question = LaneSamples.question(directory.resolve("cancelled"));
    List<String> ended = new ArrayList<>();

    Thread lane =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    agent.ask(question, LaneSamples.log(clock));
                    ended.add("answered");
                  } catch (InterruptedException e) {
                    ended.add("interrupted");
                  }
                });
    while (server.findAll(getRequestedFor(urlPathEqualTo(RESPONSE))).isEmpty()
        && lane.isAlive()
        && clock.slept().isEmpty()) {
      Thread.onSpinWait();
    }
    lane.interrupt();
    lane.join();

    assertThat(ended).containsExactly("interrupted");
    server.verify(1, postRequestedFor(urlEqualTo(RESPONSE + "/cancel")));
  }

  @Test
  void believesNoIdThatIsNone() {
    answer(aResponse().withStatus(200).withBody("{\"id\": \"../../x?y\", \"status\": \"queued\"}"));

    assertFailed(ask(), FailureCode.SERVICE);
    assertThat(requests()).isEqualTo(1);
  }

  private void looks(ResponseDefinitionBuilder first, ResponseDefinitionBuilder then) {
    server.stubFor(
        get(urlPathEqualTo(RESPONSE))
            .inScenario("looks")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(first)
            .willSetStateTo("then"));
    server.stubFor(
        get(urlPathEqualTo(RESPONSE))
            .inScenario("looks")
            .whenScenarioStateIs("then")
            .willReturn(then));
  }

  private void cancellable() {
    server.stubFor(post(urlEqualTo(RESPONSE + "/cancel")).willReturn(running("cancelled")));
  }

  private static ResponseDefinitionBuilder running(String status) {
    JsonObject body =
        Json.object()
            .put("id", "resp_1")
            .put("object", "response")
            .put("status", status)
            .put("model", "gpt-6.1-sol")
            .put("output", Json.array(List.of()))
            .put("usage", Json.NULL)
            .build();
    return aResponse()
        .withStatus(200)
        .withBody(CanonicalJson.text(body).getBytes(StandardCharsets.UTF_8));
  }
}
