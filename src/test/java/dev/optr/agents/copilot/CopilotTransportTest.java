package dev.optr.agents.copilot;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
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
import dev.optr.agents.Question;
import dev.optr.agents.Retries;
import dev.optr.agents.TestClock;
import dev.optr.base.Checkpoint;
import dev.optr.base.Network;
import dev.optr.base.Secret;
import dev.optr.workflow.AgentType;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the lane of a task must do whatever comes over the wire, to any request. */
final class CopilotTransportTest {
  private static final String TOKEN = "ghu_test-secret-0123456789";

  private final WireMockServer server =
      new WireMockServer(options().dynamicPort().jettyStopTimeout(100L));
  private final TestClock clock = new TestClock();

  @TempDir Path directory;

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @ParameterizedTest
  @CsvSource({"200, <html>sign in</html>", "201, <html></html>", "201, null", "402, {}", "500, {}"})
  void endsWhereTheAnswerIsNoneOfTheApi(int status, String body) throws InterruptedException {
    answer(aResponse().withStatus(status).withHeader("Content-Type", "text/html").withBody(body));

    assertFailed(ask());
  }

  @Test
  void readsNoMoreThanTheLimit() throws InterruptedException {
    answer(aResponse().withStatus(201).withBody(new byte[50 << 20]));

    assertFailed(ask());
  }

  @Test
  void endsWhereEveryConnectionIsCut() throws InterruptedException {
    answer(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK));

    assertFailed(ask());
  }

  @Test
  void isReleasedByAnInterruptionWhileTheBodyTrickles() throws InterruptedException {
    answer(aResponse().withStatus(500).withBody("{\"a\": 1}").withChunkedDribbleDelay(8, 60_000));
    Question question = LaneSamples.question(directory.resolve("slow"));
    CountDownLatch interrupted = new CountDownLatch(1);
    Thread asking =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    agent().ask(question, new LaneLog(null, clock, _ -> {}));
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

  private static void assertFailed(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Failed.class);
    Answer.Failed failed = (Answer.Failed) answer;
    assertThat(failed.code()).as(failed.message()).isIn(FailureCode.SERVICE, FailureCode.QUOTA);
    assertThat(failed.message()).isNotBlank().doesNotContain(TOKEN).doesNotContain("\n");
  }

  private void answer(ResponseDefinitionBuilder reply) {
    server.stubFor(any(anyUrl()).willReturn(reply));
  }

  private Answer ask() throws InterruptedException {
    return agent()
        .ask(LaneSamples.question(directory.resolve("asked")), new LaneLog(null, clock, _ -> {}));
  }

  private CopilotCloudAgent agent() {
    return new CopilotCloudAgent(
        LaneSamples.spec("copilot", AgentType.GITHUB_COPILOT, Duration.ofMinutes(30)),
        Optional.of(server.baseUrl()),
        GitHubRepository.of(URI.create(server.baseUrl()), "octo/shop").orElseThrow(),
        Secret.of(TOKEN),
        "input 'copilot-token'",
        Network.direct(),
        "1.2.3",
        new Retries(new Random(7), clock, clock, Checkpoint.NONE),
        clock,
        new FrozenBranches());
  }
}
