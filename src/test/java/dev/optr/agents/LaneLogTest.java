package dev.optr.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LaneLogTest {
  private static final TokenUse SOME = new TokenUse(10L, 5L, 4L, 1L, 2L);
  private static final JsonObject REQUEST = Json.object().put("status", 200).build();

  private final LaneLog log = LaneSamples.log();

  @Test
  void addsUpWhatTurnsTook() {
    turn(SOME, new BigDecimal("0.5"));
    turn(SOME, new BigDecimal("0.25"));

    assertThat(log.exchange().usage())
        .isEqualTo(new Usage(20L, 10L, 8L, 2L, 4L, new BigDecimal("0.75"), 2, 0));
    assertThat(log.tokens()).isEqualTo(30);
  }

  @Test
  void knowsNoSumOfWhichAPartIsUnknown() {
    turn(SOME, BigDecimal.ONE);
    turn(TokenUse.UNKNOWN, null);
    turn(SOME, BigDecimal.ONE);

    assertThat(log.exchange().usage().inputTokens()).isNull();
    assertThat(log.exchange().usage().usd()).isNull();
  }

  @Test
  void doesNotKnowWhatARequestTookThatIsStillOut() {
    turn(SOME, BigDecimal.ONE);
    log.asked();

    assertThat(log.exchange().usage().inputTokens()).isEqualTo(10L);
    assertThat(log.exchange().usage().usd()).isNull();

    log.settled();
    assertThat(log.exchange().usage().usd()).isEqualTo(BigDecimal.ONE);
    log.running();
    assertThat(log.exchange().usage().usd()).isNull();
  }

  @Test
  void knowsNothingOfAFirstRequestThatIsStillOut() {
    log.asked();

    assertThat(log.exchange().usage()).isEqualTo(Usage.unknown(1, 0));
  }

  @Test
  void countsWhatWasLost() {
    log.asked();
    log.usedUnknown();
    log.asked();
    log.retried();
    log.usedUnknown();

    assertThat(log.lost()).isEqualTo(2);
    assertThat(log.exchange().usage()).isEqualTo(Usage.unknown(2, 1));
  }

  @Test
  void keepsATurnThatIsNotOver() {
    turn(SOME, BigDecimal.ONE);
    log.exchanged(REQUEST);

    List<JsonObject> transcript = log.exchange().transcript();

    assertThat(transcript).hasSize(2);
    assertThat(transcript.getLast().integer("turn")).isEqualTo(2L);
    assertThat(transcript.getLast().array("requests")).containsExactly(REQUEST);
    assertThat(transcript.getLast().array("calls")).isEmpty();
  }

  @Test
  void holdsNoMoreAnswersThanFitIntoMemory() {
    int large = 16 << 20;

    assertThat(log.hasRoom(large)).isTrue();
    assertThat(log.hasRoom(large)).isTrue();
    assertThat(log.hasRoom(1)).isFalse();
    assertThat(log.hasRoom(0)).isTrue();
  }

  private void turn(TokenUse tokens, @Nullable BigDecimal usd) {
    log.asked();
    log.settled();
    log.exchanged(REQUEST);
    log.used(tokens, usd);
    log.endTurn(List.of());
  }
}
