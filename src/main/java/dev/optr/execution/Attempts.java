package dev.optr.execution;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Tries again where somebody else was faster: eight times at most, and before each further time a
 * pause of random length, so that those who collided do not collide again.
 */
public final class Attempts {
  static final int MOST = 8;
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final int MOST_DOUBLINGS = 4;

  private final RandomGenerator random;
  private final Pause pause;

  /** Waits; a test passes one that does not. */
  @FunctionalInterface
  public interface Pause {
    void of(Duration duration) throws InterruptedException;
  }

  public Attempts(RandomGenerator random, Pause pause) {
    this.random = random;
    this.pause = pause;
  }

  /** The first result that is there; empty where none was after the last attempt. */
  <T> Optional<T> first(Supplier<Optional<T>> attempt) throws InterruptedException {
    for (int made = 0; made < MOST; made++) {
      if (made > 0) {
        long longest = FIRST_PAUSE_MILLIS << Math.min(made - 1, MOST_DOUBLINGS);
        pause.of(Duration.ofMillis(random.nextLong(longest) + 1));
      }
      Optional<T> result = attempt.get();
      if (result.isPresent()) {
        return result;
      }
    }
    return Optional.empty();
  }
}
