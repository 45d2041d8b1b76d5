package dev.optr.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.workflow.Workflow;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PricesTest {
  private static final Prices.Price PRICE =
      new Prices.Price(
          new BigDecimal("2"), new BigDecimal("10"), new BigDecimal("0.2"), new BigDecimal("2.5"));

  @Test
  void countsEachKindOfTokenAtItsPrice() {
    // 500 fresh at 2, 400 cached at 0.2, 100 written at 2.5, 200 of output at 10, per million.
    assertThat(PRICE.of(new TokenUse(1000L, 200L, 400L, 100L, 50L)))
        .isEqualByComparingTo("0.00333");
  }

  @Test
  void doesNotKnowWhatNobodyCounted() {
    assertThat(PRICE.of(TokenUse.UNKNOWN)).isNull();
    assertThat(PRICE.of(new TokenUse(1L, null, 0L, 0L, 0L))).isNull();
    assertThat(PRICE.of(TokenUse.NONE)).isEqualByComparingTo("0");
  }

  @Test
  void isNeverCheaperBecauseAPartIsLargerThanTheWhole() {
    assertThat(PRICE.of(new TokenUse(100L, 0L, 400L, 100L, 0L))).isEqualByComparingTo("0.00033");
  }

  @Test
  void billsAllOfARequestWithALongPromptAtItsOtherPrice() {
    Tariff tariff = Prices.shipped().of("gpt-6.1-sol").orElseThrow();

    assertThat(tariff.of(new TokenUse(272_000L, 1000L, 0L, 0L, 0L))).isEqualByComparingTo("0.554");
    assertThat(tariff.of(new TokenUse(272_001L, 1000L, 0L, 0L, 0L)))
        .isEqualByComparingTo("1.103004");
    assertThat(tariff.of(TokenUse.UNKNOWN)).isNull();
  }

  @Test
  void believesNoCountThatWouldPayABudgetBack() {
    assertThat(PRICE.of(new TokenUse(1000L, -1_000_000L, 0L, 0L, 0L))).isNull();
    assertThat(PRICE.of(new TokenUse(Long.MAX_VALUE, 1L, 0L, 0L, 0L))).isNull();
    assertThat(new TokenUse(Long.MAX_VALUE, Long.MAX_VALUE, 0L, 0L, 0L).known()).isZero();
    assertThat(PRICE.of(new TokenUse(1000L, 0L, 0L, -1_000_000L, 0L)))
        .isEqualByComparingTo("0.002");
  }

  @Test
  void takesTheWorkflowFilesWordBeforeTheTables() {
    Workflow.Price given =
        new Workflow.Price(BigDecimal.ONE, BigDecimal.TWO, new BigDecimal("0.5"));
    Prices prices = Prices.shipped().with(Map.of("gpt-6.1-sol", given));

    assertThat(prices.of("gpt-6.1-sol").orElseThrow().usual().in()).isEqualByComparingTo("1");
    assertThat(prices.of("gpt-6-astra")).isPresent();
    assertThat(prices.of("unknown")).isEmpty();
    assertThat(Prices.none().of("gpt-6.1-sol")).isEmpty();
  }
}
