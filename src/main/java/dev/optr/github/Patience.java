package dev.optr.github;

import java.io.InterruptedIOException;
import java.time.Duration;

/** The time that one run may spend waiting for GitHub, over all requests: 90 s. */
final class Patience {
  /** Waits; a test passes one that only notes. */
  @FunctionalInterface
  interface Pause {
    void of(Duration duration) throws InterruptedException;
  }

  private final Pause pause;
  private Duration left = Duration.ofSeconds(90);

  Patience(Pause pause) {
    this.pause = pause;
  }

  /** Waits for so long, or returns false at once where less is left. */
  boolean endures(Duration duration) throws InterruptedIOException {
    synchronized (this) {
      if (duration.compareTo(left) > 0) {
        return false;
      }
      left = left.minus(duration);
    }
    try {
      pause.of(duration);
      return true;
    } catch (InterruptedException e) {
      throw Interruption.restored(e);
    }
  }
}
