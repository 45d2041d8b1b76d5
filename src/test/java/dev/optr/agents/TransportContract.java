package dev.optr.agents;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a provider's adapter makes of its provider's own failures, and what it counts of them. */
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
  void countsWhatItAsksAgain() {
    answers(reply(429, "rate-limit").withHeader("Retry-After", "7"), reply(200, "proposal"));

    Answer answer = ask();

    assertThat(answer).isInstanceOf(Answer.Proposed.class);
    assertThat(answer.exchange().usage().requests()).isEqualTo(2);
    assertThat(answer.exchange().usage().retries()).isEqualTo(1);
    assertThat(answer.exchange().requestIds()).containsExactly("req_1", "req_1");
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
  @ValueSource(ints = {408, 409, 429})
  void asksAgainAfterWhatPassesAndIsNoFailureOfTheServer(int status) {
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

  @Test
  void knowsNoUsageWhereEveryConnectionIsCut() {
    answer(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    Answer answer = ask();

    assertFailed(answer, FailureCode.SERVICE);
    assertThat(answer.exchange().usage()).isEqualTo(Usage.unknown(4, 3));
  }

  @Test
  void knowsNoUsageWhereEveryBodyIsCut() {
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
}
