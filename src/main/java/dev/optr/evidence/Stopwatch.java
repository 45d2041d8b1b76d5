package dev.optr.evidence;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Measures what a built-in check takes.
 *
 * @param nanoTime monotonic, in nanoseconds
 */
record Stopwatch(LongSupplier nanoTime) {
  /** Held where {@code check} finds nothing against it. */
  Finding time(String id, Supplier<List<WhyNot>> check) {
    long start = nanoTime.getAsLong();
    List<WhyNot> whyNot = check.get();
    long durationMs = Duration.ofNanos(nanoTime.getAsLong() - start).toMillis();
    return whyNot.isEmpty() ? Finding.held(id, durationMs) : Finding.broken(id, whyNot, durationMs);
  }
}
