package dev.optr.agents.microsoft;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.optr.agents.Answer;
import dev.optr.agents.FailureCode;
import dev.optr.agents.LaneLog;
import dev.optr.agents.LaneSamples;
import dev.optr.agents.Provider;
import dev.optr.agents.Question;
import dev.optr.base.Secret;
import dev.optr.workflow.AgentSpec;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the services without tools must do whatever comes over the wire, to any request. */
final class BotTransportTest extends MicrosoftHarness {
  private final WireMockServer server =
      new WireMockServer(options().dynamicPort().jettyStopTimeout(100L));

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @ParameterizedTest
  @CsvSource({
    "direct-line, 401, AUTH",
    "direct-line, 402, QUOTA",
    "direct-line, 403, AUTH",
    "direct-line, 400, SERVICE",
    "direct-line, 500, SERVICE",
    "graph, 401, AUTH",
    "graph, 402, QUOTA",
    "graph, 403, AUTH",
    "graph, 529, SERVICE",
    "work-iq, 401, AUTH",
    "work-iq, 402, QUOTA",
    "work-iq, 500, SERVICE"
  })
  void namesEachFailureOfTheService(String backend, int status, FailureCode code) {
    answer(
        aResponse()
            .withStatus(status)
            .withBody("{\"error\":{\"code\":\"x\",\"message\":\"bad " + KEY + "\"}}"));

    assertFailed(ask(backend), code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct-line", "graph", "work-iq"})
  void doesNotWaitBeyondTheLanesTime(String backend) {
    answer(aResponse().withStatus(429).withHeader("Retry-After", "3600"));

    assertFailed(ask(backend), FailureCode.RATE_LIMIT);
    assertThat(server.findAll(anyRequestedFor(anyUrl()))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "direct-line | <html>sign in</html>",
        "direct-line | {\"token\": 7}",
        "direct-line | []",
        "graph       | <html>sign in</html>",
        "graph       | {\"id\": {}}",
        "graph       | null",
        "work-iq     | <html>sign in</html>",
        "work-iq     | {\"a\": 1, \"a\": 2}"
      })
  void isAServiceFailureWhereTheAnswerIsNoneOfTheApi(String backend, String body) {
    answer(aResponse().withStatus(200).withHeader("Content-Type", "text/html").withBody(body));

    assertFailed(ask(backend), FailureCode.SERVICE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct-line", "graph", "work-iq"})
  void readsNoMoreThanTheLimit(String backend) {
    answer(aResponse().withStatus(200).withBody(new byte[50 << 20]));

    assertFailed(ask(backend), FailureCode.SERVICE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct-line", "graph", "work-iq"})
  void isAServiceFailureWhereEveryConnectionIsCut(String backend) {
    answer(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK));

    assertFailed(ask(backend), FailureCode.SERVICE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct-line", "graph", "work-iq"})
  void isReleasedByAnInterruptionWhileTheBodyTrickles(String backend) throws InterruptedException {
    answer(
        aResponse()
            .withStatus(200)
            .withBody("{\"id\": \"slow\"}")
            .withChunkedDribbleDelay(10, 60_000));
    AgentSpec lane = lane(backend, null, server.baseUrl());
    Question question = LaneSamples.question(directory.resolve("slow"));
    CountDownLatch interrupted = new CountDownLatch(1);
    Thread asking =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    agent(lane, provider(lane)).ask(question, new LaneLog(null, clock, _ -> {}));
                  } catch (InterruptedException released) {
                    interrupted.countDown();
                  }
                });
    while (server.getAllServeEvents().isEmpty() && asking.isAlive()) {
      Thread.sleep(20);
    }

    asking.interrupt();

    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
  }

  private void answer(ResponseDefinitionBuilder reply) {
    server.stubFor(any(anyUrl()).willReturn(reply));
  }

  private Answer ask(String backend) {
    AgentSpec lane = lane(backend, null, server.baseUrl());
    return ask(lane, provider(lane));
  }

  private static Provider provider(AgentSpec lane) {
    Secret key = Secret.of(KEY);
    return switch (String.valueOf(lane.backend())) {
      case "graph" -> CopilotChat.graph(lane, key, http());
      case "work-iq" -> CopilotChat.workIq(lane, key, http());
      default -> new DirectLine(lane, Optional.empty(), key, http());
    };
  }
}
