package dev.optr.agents;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.workflow.AgentSpec;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every provider's adapter must do whatever comes over the wire. */
abstract class TransportContract extends ConversationContract {
  @Test
  void namesEachFailureOfTheProvider() {
    assertFails(401, "bad-key", FailureCode.AUTH);
    assertFails(403, "bad-key", FailureCode.AUTH);
    assertFails(402, "invalid-request", FailureCode.QUOTA);
    assertThat(assertFails(404, "unknown-model", FailureCode.UNAVAILABLE))
        .contains(ProviderEndpoint.model(spec(), Models.shipped()).name());
    assertFails(413, "invalid-request", FailureCode.TRUNCATED);
    assertFails(400, "context-exceeded", FailureCode.TRUNCATED);
    assertThat(assertFails(400, "invalid-request", FailureCode.SERVICE))
        .contains("'Bad key *** in schema'");
    assertThat(clock.slept()).isEmpty();
  }

  @Test
  void waitsAsLongAsTheProviderSaysAndAsksAgain() {
    answers(reply(429, "rate-limit").withHeader("Retry-After", "7"), reply(200, "proposal"));

    Answer answer = ask();

    assertThat(answer).isInstanceOf(Answer.Proposed.class);
    assertThat(answer.exchange().usage().requests()).isEqualTo(2);
    assertThat(answer.exchange().usage().retries()).isEqualTo(1);
    assertThat(answer.exchange().requestIds()).containsExactly("req_1", "req_1");
    assertThat(clock.slept())
        .singleElement()
        .satisfies(
            wait -> assertThat(wait).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(9)));
  }

  @Test
  void waitsUntilTheDateThatTheProviderNames() {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            clock.instant().plusSeconds(11).atOffset(ZoneOffset.UTC));
    answers(reply(429, "rate-limit").withHeader("Retry-After", date), reply(200, "decline"));

    assertThat(ask()).isInstanceOf(Answer.Declined.class);
    assertThat(clock.slept())
        .singleElement()
        .satisfies(
            wait -> assertThat(wait).isBetween(Duration.ofSeconds(11), Duration.ofSeconds(14)));
  }

  @Test
  void doesNotWaitBeyondTheLanesTime() {
    answer(reply(429, "rate-limit").withHeader("Retry-After", "3600"));

    assertFailed(ask(), FailureCode.RATE_LIMIT);
    assertThat(requests()).isEqualTo(1);
    assertThat(clock.slept()).isEmpty();
  }

  @Test
  void doesNotAskAgainWhereTheQuotaIsUsedUp() {
    answer(reply(429, "quota").withHeader("Retry-After", "1"));

    assertFailed(ask(), FailureCode.QUOTA);
    assertThat(requests()).isEqualTo(1);
  }

  @Test
  void givesUpAfterFourAttempts() {
    answer(reply(500, "server-error"));

    Answer answer = ask();

    assertFailed(answer, FailureCode.SERVICE);
    assertThat(requests()).isEqualTo(4);
    // What answered nothing but errors is not paid for.
    assertThat(answer.exchange().usage())
        .isEqualTo(new Usage(0L, 0L, 0L, 0L, 0L, BigDecimal.ZERO, 4, 3));
    assertThat(clock.slept()).hasSize(3).isSorted();
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 409, 429, 500, 502, 503, 504, 529})
  void asksAgainAfterPassingFailures(int status) {
    answers(reply(status, "server-error"), reply(200, "decline"));

    assertThat(ask()).isInstanceOf(Answer.Declined.class);
  }

  @Test
  void obeysWhatTheProviderSaysAboutAskingAgain() {
    answer(reply(500, "server-error").withHeader("x-should-retry", "false"));
    assertFailed(ask(), FailureCode.SERVICE);
    assertThat(requests()).isEqualTo(1);

    server.resetAll();
    answers(reply(400, "server-error").withHeader("x-should-retry", "true"), reply(200, "decline"));
    assertThat(ask()).isInstanceOf(Answer.Declined.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CONNECTION_RESET_BY_PEER",
        "EMPTY_RESPONSE",
        "RANDOM_DATA_THEN_CLOSE",
        "MALFORMED_RESPONSE_CHUNK"
      })
  void asksAgainAfterACutConnection(String fault) {
    answers(aResponse().withFault(Fault.valueOf(fault)), reply(200, "decline"));

    assertThat(ask()).isInstanceOf(Answer.Declined.class);
  }

  @Test
  void isAServiceFailureWhereEveryConnectionIsCut() {
    answer(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    Answer answer = ask();

    assertFailed(answer, FailureCode.SERVICE);
    assertThat(answer.exchange().usage()).isEqualTo(Usage.unknown(4, 3));
  }

  @Test
  void isAServiceFailureWhereEveryBodyIsCut() {
    answer(reply(200, "proposal").withHeader("Content-Length", "1000000"));

    Answer answer = ask();

    assertFailed(answer, FailureCode.SERVICE);
    assertThat(answer.exchange().usage()).isEqualTo(Usage.unknown(4, 3));
  }

  @Test
  void countsNoCostWhereOneOfTheAttemptsWasCut() {
    answers(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK), reply(200, "proposal"));

    Answer answer = ask();

    assertThat(answer).isInstanceOf(Answer.Proposed.class);
    assertThat(answer.exchange().usage().inputTokens()).isNull();
    assertThat(answer.exchange().usage().usd()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>gateway</html>",
        "null",
        "[]",
        "{\"output\": 7, \"content\": 7}",
        "{\"a\":1,\"a\":2}"
      })
  void isAServiceFailureWhereTheAnswerIsNoAnswerOfTheApi(String body) {
    answer(aResponse().withStatus(200).withBody(body));

    assertFailed(ask(), FailureCode.SERVICE);
  }

  @Test
  void isAServiceFailureWhereAPageComesInsteadOfAnAnswer() {
    answer(
        aResponse()
            .withStatus(200)
            .withHeader("Content-Type", "text/html")
            .withBody("<html>Sign in to the proxy</html>"));

    assertThat(assertFailed(ask(), FailureCode.SERVICE)).doesNotContain("Sign in");
    assertThat(requests()).isEqualTo(1);
  }

  @Test
  void isAServiceFailureWhereAnErrorIsNoJson() {
    answer(aResponse().withStatus(400).withBody("<html>" + KEY + "</html>"));

    assertFailed(ask(), FailureCode.SERVICE);
  }

  @Test
  void readsNoMoreThanTheLimit() {
    answer(aResponse().withStatus(200).withBody(new byte[50 << 20]));

    assertThat(assertFailed(ask(), FailureCode.SERVICE)).contains("more than 16777216 bytes");
    assertThat(requests()).isEqualTo(1);
  }

  @Test
  void followsNoRedirect() {
    answer(aResponse().withStatus(307).withHeader("Location", server.baseUrl() + "/elsewhere"));
    server.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(200)));

    assertFailed(ask(), FailureCode.SERVICE);
    assertThat(requests()).isEqualTo(1);
  }

  @Test
  void isReallyReleasedByTheLanesTimeout() throws InterruptedException {
    answer(reply(200, "proposal").withFixedDelay(20_000));
    assertEndsWithTheLane();
  }

  @Test
  void isReallyReleasedByTheLanesTimeoutWhileTheBodyTrickles() throws InterruptedException {
    answer(reply(200, "proposal").withChunkedDribbleDelay(20, 20_000));
    assertEndsWithTheLane();
  }

  private void assertEndsWithTheLane() throws InterruptedException {
    // The HTTP client's own limit is far away, so that only the interruption can end the call.
    AgentSpec unhurried = LaneSamples.within(spec(), Duration.ofMinutes(5));
    Agent patient = agent(unhurried, Secret.of(KEY));
    CountDownLatch ended = new CountDownLatch(1);
    Agent watched =
        (question, log) -> {
          try {
            return patient.ask(question, log);
          } finally {
            ended.countDown();
          }
        };
    AgentSpec hurried = LaneSamples.spec("hurried", type(), Duration.ofMillis(400));

    Answer answer =
        new Asking(clock, new Redactor(List.of()))
            .ask(
                new Lane(hurried, watched),
                LaneSamples.question(directory.resolve("slow")),
                _ -> {});

    assertFailed(answer, FailureCode.TIMEOUT);
    assertThat(requests()).isEqualTo(1);
    assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
  }
}
