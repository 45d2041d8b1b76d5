package dev.optr.agents.copilot;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CreditsTest {
  @Test
  void sumsNanoCreditsBeforeItMakesMoneyOfThem() {
    assertThat(
            Credits.usd(List.of(took("ai_credits", "333333333"), took("ai_credits", "666666667"))))
        .isEqualByComparingTo("0.01");
    assertThat(Credits.usd(List.of(took("ai_credits", "12345000000000"))))
        .isEqualTo(new BigDecimal("123.45"));
    assertThat(Credits.usd(List.of(took("ai_credits", "0")))).isEqualByComparingTo("0");
  }

  @Test
  void knowsNoPriceWhereOneSessionSaysNone() {
    assertThat(Credits.usd(null)).isNull();
    assertThat(Credits.usd(List.of())).isNull();
    assertThat(Credits.usd(List.of(took("premium_requests", "1.5")))).isNull();
    assertThat(Credits.usd(List.of(took("ai_credits", "1"), session(null)))).isNull();
    assertThat(Credits.usd(List.of(took("ai_credits", "-1")))).isNull();
    assertThat(Credits.usd(List.of(took("ai_credits", "1e999999999")))).isNull();
  }

  private static TaskWire.Session took(String type, String amount) {
    return session(new TaskWire.Consumed(type, new BigDecimal(amount)));
  }

  private static TaskWire.Session session(TaskWire.@Nullable Consumed usage) {
    return new TaskWire.Session(null, null, null, null, usage, null);
  }
}
