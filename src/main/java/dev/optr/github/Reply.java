package dev.optr.github;

import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** One answer of GitHub, read whole. */
record Reply(int status, HttpHeaders headers, Bytes body) {
  private static final Duration UNTOLD = Duration.ofMinutes(1);
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  String text() {
    return body.utf8();
  }

  Json json() throws IOException {
    try {
      return JsonReader.read(body.toArray());
    } catch (JsonException e) {
      throw new IOException("GitHub's answer is no JSON: " + e.getMessage(), e);
    }
  }

  /**
   * Where else to send the same request (GitHub's "Best practices for using the REST API"). A write
   * is only sent again where the status says that it stays one.
   *
   * @param asked what this is the answer of
   */
  Optional<URI> movedTo(String method, URI asked) throws IOException {
    boolean moved =
        switch (status) {
          case 301, 302 -> method.equals("GET");
          case 307, 308 -> true;
          default -> false;
        };
    String location = header("location").orElse("");
    if (!moved || location.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(asked.resolve(location));
    } catch (IllegalArgumentException e) {
      throw new IOException("GitHub refers to an address that is none", e);
    }
  }

  /**
   * How long to wait where this answer says that a rate limit is reached, primary or secondary
   * (GitHub's "Rate limits for the REST API"): retry-after, else until x-ratelimit-reset, else one
   * minute.
   *
   * @param now our clock, used where the answer has no date of its own
   */
  Optional<Duration> demandedPause(Instant now) {
    if (status != 403 && status != 429) {
      return Optional.empty();
    }
    Instant there = header("date").flatMap(Reply::httpDate).orElse(now);
    Optional<Duration> retryAfter = header("retry-after").map(value -> until(value, there));
    boolean exhausted = header("x-ratelimit-remaining").filter("0"::equals).isPresent();
    if (retryAfter.isEmpty() && !exhausted && status != 429 && !namesSecondaryLimit()) {
      return Optional.empty();
    }
    Duration pause =
        retryAfter.or(() -> exhausted ? untilReset(there) : Optional.empty()).orElse(UNTOLD);
    return Optional.of(pause.compareTo(SHORTEST) < 0 ? SHORTEST : pause);
  }

  private boolean namesSecondaryLimit() {
    String text = text().toLowerCase(Locale.ROOT);
    return text.contains("secondary rate limit") || text.contains("abuse detection");
  }

  private Optional<Duration> untilReset(Instant there) {
    return header("x-ratelimit-reset")
        .flatMap(Reply::number)
        .map(reset -> Duration.between(there, Instant.ofEpochSecond(reset)));
  }

  private static Duration until(String retryAfter, Instant there) {
    return number(retryAfter)
        .map(Duration::ofSeconds)
        .or(() -> httpDate(retryAfter).map(date -> Duration.between(there, date)))
        .orElse(UNTOLD);
  }

  private Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  private static Optional<Long> number(String text) {
    return text.matches("[0-9]{1,11}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }

  private static Optional<Instant> httpDate(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException notADate) {
      return Optional.empty();
    }
  }
}
