package dev.optr.agents.microsoft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.agents.Answer;
import dev.optr.agents.FailureCode;
import dev.optr.testing.DirectLinePlayer;
import org.junit.jupiter.api.Test;

/** Tokens that end, and messages of which nobody knows whether they arrived. */
final class DirectLineDeliveryTest extends DirectLineHarness {
  @Test
  void renewsItsTokenBeforeItEnds() {
    play(LIST, LIST, LIST, PATH);
    player.tokensLive(20);

    assertThat(ask()).isInstanceOf(Answer.Proposed.class);
    assertThat(player.asked("POST /v3/directline/tokens/refresh")).isPositive();
    assertThat(player.asked(GENERATE)).isEqualTo(1);
  }

  @Test
  void comesBackWhereItsTokenHasExpired() {
    player.fails(POLL, 403, "TokenExpired").fails(SEND, 403, "TokenExpired");

    assertThat(ask()).isInstanceOf(Answer.Proposed.class);
    assertThat(player.heard()).hasSize(1);
    assertThat(player.asked("GET /v3/directline/conversations/AbC-1-europe?")).isEqualTo(1);
    assertThat(player.asked(GENERATE)).isEqualTo(1);
  }

  @Test
  void isRefusedWhereTheSecretIs() {
    player.close();
    player = DirectLinePlayer.saying("another secret", PATH);

    assertThat(assertFailed(ask(), FailureCode.AUTH)).contains("403", "'direct-line-secret'");
    assertThat(player.asked(GENERATE)).isEqualTo(1);
  }

  @Test
  void sendsAgainWhatDidNotArrive() {
    player.fails(SEND, 502, "BotRejectedActivity");

    assertThat(ask()).isInstanceOf(Answer.Proposed.class);
    assertThat(player.heard()).hasSize(1);
    assertThat(player.asked(SEND)).isEqualTo(3);
  }

  @Test
  void sendsNothingTwiceThatArrivedAlthoughTheAnswerWasAFailure() {
    player.failsAfterwards(SEND, 502, "BotRejectedActivity");

    assertThat(ask()).isInstanceOf(Answer.Proposed.class);
    assertThat(player.heard()).hasSize(1);
  }

  @Test
  void givesUpOnABotThatRejectsEverything() {
    for (int i = 0; i < 3; i++) {
      player.fails(SEND, 502, "BotRejectedActivity");
    }

    assertThat(assertFailed(ask(), FailureCode.SERVICE)).contains("502", "BotRejectedActivity");
    assertThat(player.asked(SEND)).isEqualTo(3 + 1);
  }

  @Test
  void endsWhereTheConversationIsGone() {
    player.fails(POLL, 404, "ConversationNotFound");

    assertThat(assertFailed(ask(), FailureCode.SERVICE)).contains("ended the conversation");
  }
}
