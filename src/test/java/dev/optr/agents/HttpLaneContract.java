package dev.optr.agents;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.optr.testing.Front;
import dev.optr.testing.Front.Place;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every lane that is asked over HTTP does, whatever comes over the wire: to its first request,
 * and to each other kind of request that it sends until it has a path.
 */
public interface HttpLaneContract extends LaneContract {
  /** Base URL of a service whose agent proposes; another one at each call. */
  String working();

  /** An agent of the service at a base URL. */
  Agent agentAt(String base);

  /** Every kind of request that the lane cannot do without, in the order of their first coming. */
  List<Place> places();

  /** How often a request is sent at most where a limit of the service's does not pass. */
  default int mostAttempts() {
    return Retries.MOST;
  }

  /** What status 403 says in answer to such a request. */
  default FailureCode forbidden(Place place) {
    return FailureCode.AUTH;
  }

  @Override
  default Failing rejected() {
    return new Failing(instead(error(401)), FailureCode.AUTH, "401");
  }

  @Override
  default Failing withoutMoney() {
    return new Failing(instead(error(402)), FailureCode.QUOTA, "402");
  }

  @Override
  default Failing complaining() {
    return new Failing(instead(error(400)), FailureCode.SERVICE, "400");
  }

  @Override
  default Endless endless() {
    Place first = places().getFirst();
    Front front =
        front()
            .always(
                first,
                aResponse()
                    .withStatus(200)
                    .withBody("{\"id\": \"slow\"}")
                    .withChunkedDribbleDelay(10, 60_000));
    return new Endless(agentAt(front.base()), () -> front.asked(first) > 0);
  }

  private Agent instead(ResponseDefinitionBuilder reply) {
    return agentAt(front().always(places().getFirst(), reply).base());
  }

  private Front front() {
    return stage().before(working());
  }

  /** An error as most of the services write it, and too much in it. */
  private ResponseDefinitionBuilder error(int status) {
    String message = "bad " + credential();
    return aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "application/json")
        .withBody(
            "{\"error\":{\"code\":\"x\",\"message\":\"%s\"},\"message\":\"%s\"}"
                .formatted(message, message));
  }

  @Test
  default void namesACredentialThatIsNotTakenAtEveryRequest() {
    assertEachFails(error(401), FailureCode.AUTH);
  }

  @Test
  default void namesACredentialThatMayNotDoThisAtEveryRequest() {
    for (Place place : places()) {
      Front front = front().always(place, error(403));
      assertFailedWith(answer(agentAt(front.base())), forbidden(place));
    }
  }

  @Test
  default void namesMoneyThatIsUsedUpAtEveryRequest() {
    assertEachFails(error(402), FailureCode.QUOTA);
  }

  @Test
  default void waitsAsManySecondsAsItIsTold() {
    assertEachWaits("7", 7);
  }

  @Test
  default void waitsUntilTheDateThatItIsTold() {
    for (Place place : places()) {
      // Whole seconds; the lane may have waited before it gets there.
      String date =
          DateTimeFormatter.RFC_1123_DATE_TIME.format(
              clock().instant().plusSeconds(40).atOffset(ZoneOffset.UTC));
      int before = clock().slept().size();
      assertWorks(place, error(429).withHeader("Retry-After", date));
      assertThat(newWaits(before)).as("%s", place).anyMatch(it -> it.toSeconds() >= 20);
    }
  }

  @Test
  default void doesNotWaitBeyondTheLanesTime() {
    for (Place place : places()) {
      Front front = front().always(place, error(429).withHeader("Retry-After", "86400"));
      assertFailedWith(answer(agentAt(front.base())), FailureCode.RATE_LIMIT);
      assertThat(front.asked(place)).as("%s", place).isOne();
    }
  }

  @Test
  default void givesUpWhereTheLimitDoesNotPass() {
    for (Place place : places()) {
      Front front = front().always(place, error(429).withHeader("Retry-After", "1"));
      assertFailedWith(answer(agentAt(front.base())), FailureCode.RATE_LIMIT);
      assertThat(front.asked(place)).as("%s", place).isEqualTo(mostAttempts());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504, 529})
  default void asksAgainAfterAPassingFailure(int status) {
    for (Place place : places()) {
      assertWorks(place, error(status));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CONNECTION_RESET_BY_PEER",
        "EMPTY_RESPONSE",
        "RANDOM_DATA_THEN_CLOSE",
        "MALFORMED_RESPONSE_CHUNK"
      })
  default void asksAgainAfterACutConnection(String fault) {
    for (Place place : places()) {
      assertWorks(place, aResponse().withFault(Fault.valueOf(fault)));
    }
  }

  @Test
  default void asksAgainAfterABodyThatWasCutInTheMiddle() {
    for (Place place : places()) {
      assertWorks(place, cutBody());
    }
  }

  @Test
  default void isAServiceFailureWhereEveryBodyIsCut() {
    assertEachFails(cutBody(), FailureCode.SERVICE);
  }

  @Test
  default void isAServiceFailureWhereEveryConnectionIsCut() {
    assertEachFails(aResponse().withFault(Fault.EMPTY_RESPONSE), FailureCode.SERVICE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{\"id\": {}, \"output\": 7, \"content\": 7, \"token\": 7, \"activities\": 7}",
        "{\"a\":1,\"a\":2}",
        "{\"id\": \"x"
      })
  default void isAServiceFailureWhereTheAnswerIsNoneOfTheApi(String body) {
    assertEachFails(
        aResponse().withStatus(200).withHeader("Content-Type", "application/json").withBody(body),
        FailureCode.SERVICE);
  }

  @Test
  default void takesNoPageForAnAnswer() {
    for (Place place : places()) {
      ResponseDefinitionBuilder page =
          aResponse()
              .withStatus(200)
              .withHeader("Content-Type", "text/html")
              .withBody("<html>Sign in to the proxy</html>");
      Front front = front().always(place, page);
      Answer answer = answer(agentAt(front.base()));
      assertThat(assertFailedWith(answer, FailureCode.SERVICE)).doesNotContain("Sign in");
    }
  }

  @Test
  default void isAServiceFailureWhereAnErrorIsNoJson() {
    assertEachFails(
        aResponse().withStatus(400).withBody("<html>" + credential() + "</html>"),
        FailureCode.SERVICE);
  }

  @Test
  default void readsNoMoreThanTheLimit() {
    assertEachFails(aResponse().withStatus(200).withBody(new byte[50 << 20]), FailureCode.SERVICE);
  }

  @Test
  default void followsNoRedirect() {
    Place elsewhere = new Place("ANY", "/elsewhere");
    for (Place place : places()) {
      Front front = front();
      front.always(
          place, aResponse().withStatus(307).withHeader("Location", front.base() + "/elsewhere"));
      assertFailedWith(answer(agentAt(front.base())), FailureCode.SERVICE);
      assertThat(front.asked(elsewhere)).as("%s", place).isZero();
    }
  }

  private ResponseDefinitionBuilder cutBody() {
    return aResponse()
        .withStatus(200)
        .withHeader("Content-Type", "application/json")
        .withHeader("Content-Length", "1000000")
        .withBody("{\"id\": \"slow");
  }

  private void assertEachWaits(String told, long seconds) {
    for (Place place : places()) {
      int before = clock().slept().size();
      assertWorks(place, error(429).withHeader("Retry-After", told));
      assertThat(newWaits(before))
          .as("%s", place)
          .anyMatch(it -> it.toSeconds() >= seconds && it.toSeconds() < seconds + 2);
    }
  }

  private List<Duration> newWaits(int before) {
    List<Duration> slept = clock().slept();
    return slept.subList(before, slept.size());
  }

  private void assertEachFails(ResponseDefinitionBuilder reply, FailureCode code) {
    for (Place place : places()) {
      Answer answer = answer(agentAt(front().always(place, reply).base()));
      assertThat(answer.outcome()).as("%s: %s", place, answer).isEqualTo("failed");
      assertFailedWith(answer, code);
    }
  }

  private void assertWorks(Place place, ResponseDefinitionBuilder first) {
    Front front = front().once(place, first);
    Answer answer = answer(agentAt(front.base()));
    assertThat(answer).as("%s: %s", place, answer).isInstanceOf(Answer.Proposed.class);
    assertThat(front.asked(place)).as("%s", place).isGreaterThan(1);
  }
}
