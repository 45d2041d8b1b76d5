package dev.optr.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryDelayTest {
  private static final Instant NOW = Instant.parse("2026-11-22T06:00:00Z");
  private static final RandomGenerator LEAST = () -> 0;

  @ParameterizedTest
  @CsvSource({"1, 500", "2, 1000", "3, 2000", "4, 4000", "5, 8000", "6, 8000", "2000, 8000"})
  void doublesUpToALimitWhereTheProviderSaysNothing(int requests, long expectedMs) {
    assertThat(before(requests, Map.of())).isEqualTo(Duration.ofMillis(expectedMs));
    assertThat(new RetryDelay(LEAST, () -> NOW).before(requests, null))
        .isEqualTo(Duration.ofMillis(expectedMs));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retry-after|7|7000",
        "retry-after|0|0",
        "retry-after|1.5|1500",
        "retry-after|Sun, 22 Nov 2026 06:00:12 GMT|12000",
        "retry-after|Sun, 22 Nov 2026 05:00:00 GMT|0",
        "retry-after-ms|250|250"
      })
  void waitsAsLongAsTheProviderSays(String header, String value, long expectedMs) {
    assertThat(before(1, Map.of(header, value))).isEqualTo(Duration.ofMillis(expectedMs));
  }

  @Test
  void prefersTheMorePreciseHeader() {
    assertThat(before(1, Map.of("retry-after", "9", "retry-after-ms", "100")))
        .isEqualTo(Duration.ofMillis(100));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "soon", "NaN", "1e9", "0x10", "99999999999999999999999"})
  void doesAsIfNothingWasSaidWhereItIsNoTime(String value) {
    assertThat(before(1, Map.of("retry-after", value))).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void boundsWhatItCanBeAskedToWait() {
    assertThat(before(1, Map.of("retry-after", "999999999999999999")))
        .isEqualTo(Duration.ofDays(30));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9})
  void spreadsLanesWithoutComingTooEarly(long seed) {
    Duration wait =
        new RetryDelay(new java.util.Random(seed), () -> NOW)
            .before(1, reply(Map.of("retry-after", "4")));

    assertThat(wait).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(5));
  }

  private static Duration before(int requests, Map<String, String> headers) {
    return new RetryDelay(LEAST, () -> NOW).before(requests, reply(headers));
  }

  private static @Nullable HttpReply reply(Map<String, String> headers) {
    return new HttpReply(429, headers, Bytes.utf8(""), false);
  }
}
