package dev.optr.agents;

import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before the next attempt: as long as the provider says, else 0.5 s doubled each
 * time up to 8 s. Always up to a quarter more, so that lanes do not come back together, and never
 * less than was asked for.
 */
final class RetryDelay {
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(8);

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
    Duration asked = reply == null ? null : RetryAfter.of(reply, clock).orElse(null);
    Duration base = asked == null ? backoff(requests) : asked;
    long jitter = Math.min(base.toMillis() / 4, LONGEST_BACKOFF.toMillis() / 4);
    return base.plusMillis(random.nextLong(jitter + 1));
  }

  private static Duration backoff(int requests) {
    Duration doubled = Duration.ofMillis(500L << Math.min(requests - 1, 10));
    return doubled.compareTo(LONGEST_BACKOFF) < 0 ? doubled : LONGEST_BACKOFF;
  }
}
