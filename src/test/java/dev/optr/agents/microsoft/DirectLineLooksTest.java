package dev.optr.agents.microsoft;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.optr.agents.Answer;
import dev.optr.agents.FailureCode;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.Secret;
import dev.optr.testing.DirectLinePlayer;
import dev.optr.testing.DirectLinePlayer.Later;
import dev.optr.workflow.AgentSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes of looking for a bot's answer again and again. */
final class DirectLineLooksTest extends MicrosoftHarness {
  private static final String LOOK = "/v3/directline/conversations/c1/activities";

  private final WireMockServer server =
      new WireMockServer(options().dynamicPort().jettyStopTimeout(100L));

  @BeforeEach
  void start() {
    server.start();
    String granted = "{\"conversationId\": \"c1\", \"token\": \"t-1\", \"expires_in\": 1800}";
    server.stubFor(post(urlMatching("/.*")).willReturn(aResponse().withBody(granted)));
    server.stubFor(post(LOOK).willReturn(aResponse().withBody("{\"id\": \"c1|1\"}")));
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void keepsNoLookThatBroughtNothing() {
    try (DirectLinePlayer player = answeringAfter(12)) {
      Answer answer = ask(player.base());

      assertThat(answer).isInstanceOf(Answer.Proposed.class);
      assertThat(answer.exchange().usage().requests()).isGreaterThan(12);
      List<JsonObject> requests =
          answer.exchange().transcript().getLast().array("requests").stream()
              .map(JsonObject.class::cast)
              .toList();
      // Two tokens, our message, what the bot says to it, and perhaps our own echo.
      assertThat(requests).hasSizeBetween(4, 5);
      assertThat(requests)
          .allSatisfy(
              request ->
                  assertThat(request.object("response").get("activities"))
                      .isNotEqualTo(Json.array(List.of())));
    }
  }

  @Test
  void saysOnceThatTheBotTakesLong() {
    try (DirectLinePlayer player = answeringAfter(30)) {
      assertThat(ask(player.base())).isInstanceOf(Answer.Proposed.class);
      assertThat(told)
          .filteredOn(line -> line.startsWith("waiting for the agent's answer, for 3"))
          .hasSize(1);
    }
  }

  @Test
  void saysNothingOfABotThatAnswersSoon() {
    try (DirectLinePlayer player = answeringAfter(2)) {
      assertThat(ask(player.base())).isInstanceOf(Answer.Proposed.class);
      assertThat(told).noneMatch(line -> line.startsWith("waiting"));
    }
  }

  @Test
  void putsNoWatermarkIntoAUrlThatIsTooLong() {
    page("[]", "w".repeat(513));

    assertThat(assertFailed(ask(server.baseUrl()), FailureCode.SERVICE))
        .contains("a watermark of 513 characters, expected at most 512");
    server.verify(1, getRequestedFor(urlPathMatching(LOOK)));
  }

  @Test
  void hasEnoughAfterOnePageThatIsTooMuch() {
    String text = "x".repeat(5 << 20);
    page("[{\"type\": \"message\", \"from\": {\"id\": \"b\"}, \"text\": \"" + text + "\"}]", "w");

    assertThat(assertFailed(ask(server.baseUrl()), FailureCode.SERVICE))
        .contains("does not stop to talk");
    server.verify(1, getRequestedFor(urlPathMatching(LOOK)));
  }

  private void page(String activities, String watermark) {
    server.stubFor(
        get(urlPathMatching(LOOK))
            .willReturn(
                aResponse()
                    .withBody(
                        "{\"activities\": %s, \"watermark\": \"%s\"}"
                            .formatted(activities, watermark))));
  }

  private static DirectLinePlayer answeringAfter(int looks) {
    return DirectLinePlayer.start(
        KEY,
        (_, _, sentId) ->
            List.of(new Later(looks, DirectLinePlayer.message(PATH, sentId, "acceptingInput"))));
  }

  private Answer ask(String base) {
    AgentSpec lane = lane("direct-line", null, base);
    return ask(lane, new DirectLine(lane, Optional.empty(), Secret.of(KEY), http()));
  }
}
