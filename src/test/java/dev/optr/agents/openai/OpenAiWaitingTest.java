package dev.optr.agents.openai;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.optr.agents.Answer;
import dev.optr.agents.FailureCode;
import dev.optr.agents.LaneSamples;
import dev.optr.workflow.AgentSpec;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What people see of a turn that takes long in the background. */
final class OpenAiWaitingTest extends OpenAiHarness {
  private static final String RESPONSE = "/base/responses/resp_1";

  @Override
  protected AgentSpec spec(String endpoint) {
    return LaneSamples.within(super.spec(endpoint), Duration.ofMinutes(20));
  }

  @Test
  void saysOnceThatTheModelTakesLong() {
    answer(running());
    server.stubFor(get(urlPathEqualTo(RESPONSE)).willReturn(running()));
    server.stubFor(post(urlEqualTo(RESPONSE + "/cancel")).willReturn(running()));

    assertFailed(ask(), FailureCode.TIMEOUT);

    assertThat(told.toString()).containsOnlyOnce("OpenAI works in the background, for 41 s so far");
    assertThat(told).filteredOn(line -> line.contains("in the background")).hasSize(1);
  }

  @Test
  void saysNothingOfATurnThatEndsSoon() {
    answer(running());
    server.stubFor(get(urlPathEqualTo(RESPONSE)).willReturn(reply(200, "proposal")));

    assertThat(ask()).isInstanceOf(Answer.Proposed.class);
    assertThat(told).noneMatch(line -> line.contains("in the background"));
  }

  private static ResponseDefinitionBuilder running() {
    return aResponse()
        .withBody(
            "{\"id\": \"resp_1\", \"object\": \"response\", \"status\": \"in_progress\","
                + " \"model\": \"gpt-6.1-sol\", \"output\": [], \"usage\": null}");
  }
}
