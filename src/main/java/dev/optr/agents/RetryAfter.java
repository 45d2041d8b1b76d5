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

/**
 * How long a service asks to be left alone: {@code retry-after-ms}, or {@code Retry-After} in
 * seconds or as a date (RFC 9110, section 10.2.3).
 */
public final class RetryAfter {
  // More than any lane may take; keeps sums within what a Duration can hold.
  private static final BigDecimal LONGEST_MS = BigDecimal.valueOf(Duration.ofDays(30).toMillis());

  private RetryAfter() {}

  /** Zero where the date is past; empty where nothing readable is said. */
  public static Optional<Duration> of(HttpReply reply, InstantSource clock) {
    return reply
        .header("retry-after-ms")
        .flatMap(value -> number(value, BigDecimal.ONE))
        .or(() -> reply.header("retry-after").flatMap(value -> secondsOrDate(value, clock)));
  }

  private static Optional<Duration> secondsOrDate(String value, InstantSource clock) {
    return number(value, BigDecimal.valueOf(1000)).or(() -> until(value, clock));
  }

  private static Optional<Duration> number(String value, BigDecimal unitMs) {
    if (!value.strip().matches("[0-9]{1,18}(\\.[0-9]{1,9})?")) {
      return Optional.empty();
    }
    BigDecimal ms = new BigDecimal(value.strip()).multiply(unitMs).min(LONGEST_MS);
    return Optional.of(Duration.ofMillis(ms.setScale(0, RoundingMode.CEILING).longValueExact()));
  }

  private static Optional<Duration> until(String date, InstantSource clock) {
    try {
      DateTimeFormatter format = DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT);
      Duration wait = Duration.between(clock.instant(), format.parse(date, Instant::from));
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException | ArithmeticException noDate) {
      return Optional.empty();
    }
  }
}
