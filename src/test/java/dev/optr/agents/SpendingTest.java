package dev.optr.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.workflow.Workflow;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SpendingTest {
  private static final Tariff PRICE =
      Tariff.flat(
          new Prices.Price(
              new BigDecimal("2"),
              new BigDecimal("10"),
              new BigDecimal("0.2"),
              new BigDecimal("2.5")));

  private final RunBudget run = new RunBudget(new Workflow.Budget(null, 100_000L));

  @Test
  void allowsWhatTheModelCanGiveWhereNothingLimitsIt() {
    assertThat(allowed(spending(null, null), 1_000).outputTokens()).isEqualTo(64_000);
  }

  @Test
  void allowsNoMoreThanTheLanesTokensLeave() {
    assertThat(allowed(spending(null, 5_000L), 1_000).outputTokens()).isEqualTo(4_000);
    assertThat(spending(null, 1_255L).allow(1_000)).isInstanceOf(Spending.Exhausted.class);
    assertThat(allowed(spending(null, 1_256L), 1_000).outputTokens()).isEqualTo(256);
  }

  @Test
  void allowsNoMoreThanTheLanesMoneyLeaves() {
    // 1000 tokens of input cost 0.0025 at their dearest; what is left buys 3750 of output.
    assertThat(allowed(spending("0.04", null), 1_000).outputTokens()).isEqualTo(3_750);
  }

  @Test
  void takesTheMostThatATurnCanCostFromTheRunUntilItIsOver() {
    Spending spending = spending(null, 5_000L);
    Spending.Allowed allowed = allowed(spending, 1_000);
    assertThat(run.left().tokens()).isEqualTo(95_000L);

    spending.settle(allowed, new TokenUse(1_000L, 200L, 0L, 0L, 0L), BigDecimal.ZERO);

    assertThat(run.left().tokens()).isEqualTo(98_800L);
    assertThat(allowed(spending, 1_000).outputTokens()).isEqualTo(2_800);
  }

  @Test
  void countsAllThatWasAllowedWhereNobodySaidWhatItTook() {
    Spending spending = spending("0.04", null);
    Spending.Allowed allowed = allowed(spending, 1_000);

    spending.settle(allowed, TokenUse.UNKNOWN, null);

    assertThat(run.left().tokens()).isEqualTo(95_250L);
    assertThat(spending.allow(1_000)).isInstanceOf(Spending.Exhausted.class);
  }

  @Test
  void countsAttemptsThatWereCutAsDearAsTheyCouldBe() {
    Spending spending = spending(null, 20_000L);
    Spending.Allowed allowed = allowed(spending, 16_000);

    spending.settle(allowed, TokenUse.NONE, BigDecimal.ZERO);
    spending.lose(allowed, 1);

    assertThat(run.left().tokens()).isEqualTo(80_000L);
    assertThat(spending.allow(10)).isInstanceOf(Spending.Exhausted.class);
  }

  private Spending spending(@Nullable String usd, @Nullable Long tokens) {
    BigDecimal money = usd == null ? null : new BigDecimal(usd);
    return new Spending(new Workflow.Budget(money, tokens), run, Optional.of(PRICE), 64_000);
  }

  private static Spending.Allowed allowed(Spending spending, long input) {
    return (Spending.Allowed) spending.allow(input);
  }
}
