package dev.optr.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

final class QuantitiesTest {
  @Test
  void saysDurationsInTwoUnitsAtMost() {
    assertThat(Quantities.duration(0)).isEqualTo("0 s");
    assertThat(Quantities.duration(192)).isEqualTo("3 min 12 s");
    assertThat(Quantities.duration(3600)).isEqualTo("1 h");
    assertThat(Quantities.duration(90_061)).isEqualTo("1 d 1 h");
  }

  @Test
  void roundsExpectationsUpToMinutes() {
    assertThat(Quantities.expectation(59)).isEqualTo("59 s");
    assertThat(Quantities.expectation(839)).isEqualTo("14 min");
    assertThat(Quantities.expectation(3541)).isEqualTo("1 h");
  }

  @Test
  void neverShowsAPaidAnswerAsFree() {
    assertThat(Quantities.usd(BigDecimal.ZERO)).isEqualTo("$0.00");
    assertThat(Quantities.usd(new BigDecimal("0.0001"))).isEqualTo("<$0.01");
    assertThat(Quantities.usd(new BigDecimal("0.185"))).isEqualTo("$0.19");
    assertThat(Quantities.usd(null)).isEqualTo("unknown");
  }

  @Test
  void leavesUnmeasuredTermsOut() {
    assertThat(Quantities.hours(null)).isEmpty();
    assertThat(Quantities.hours(new BigDecimal("0.25"))).isEqualTo("0.2500");
  }
}
