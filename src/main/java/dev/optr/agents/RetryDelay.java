package dev.optr.agents;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before the next attempt: as long as the provider says (RFC 9110, section 10.2.3,
 * or {@code retry-after-ms}), else 0.5 s doubled each time up to 8 s. Always up to a quarter more,
 * so that lanes do not come back together, and never less than was asked for.
 */
final class RetryDelay {
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(8);
  // More than any lane may take; keeps sums within what a Duration can hold.
  private static final BigDecimal LONGEST_MS = BigDecimal.valueOf(Duration.ofDays(30).toMillis());

  private final RandomGenerator random;
  private final InstantSource clock;

  RetryDelay(RandomGenerator random, InstantSource clock) {
    this.random = random;
    this.clock = clock;
  }

  /**
   * @param requests sent so far
   * @param reply to the last of them; null where none came
   */
  Duration before(int requests, @Nullable HttpReply reply) {
    Duration asked = reply == null ? null : asked(reply).orElse(null);
    Duration base = asked == null ? backoff(requests) : asked;
    long jitter = Math.min(base.toMillis() / 4, LONGEST_BACKOFF.toMillis() / 4);
    return base.plusMillis(random.nextLong(jitter + 1));
  }

  private static Duration backoff(int requests) {
    Duration doubled = Duration.ofMillis(500L << Math.min(requests - 1, 10));
    return doubled.compareTo(LONGEST_BACKOFF) < 0 ? doubled : LONGEST_BACKOFF;
  }

  private Optional<Duration> asked(HttpReply reply) {
    return reply
        .header("retry-after-ms")
        .flatMap(value -> number(value, BigDecimal.ONE))
        .or(
            () ->
                reply
                    .header("retry-after")
                    .flatMap(
                        value -> number(value, BigDecimal.valueOf(1000)).or(() -> until(value))));
  }

  private static Optional<Duration> number(String value, BigDecimal unitMs) {
    if (!value.strip().matches("[0-9]{1,18}(\\.[0-9]{1,9})?")) {
      return Optional.empty();
    }
    BigDecimal ms = new BigDecimal(value.strip()).multiply(unitMs).min(LONGEST_MS);
    return Optional.of(Duration.ofMillis(ms.setScale(0, RoundingMode.CEILING).longValueExact()));
  }

  private Optional<Duration> until(String date) {
    try {
      DateTimeFormatter format = DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT);
      Duration wait = Duration.between(clock.instant(), format.parse(date, Instant::from));
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException | ArithmeticException noDate) {
      return Optional.empty();
    }
  }
}
