package dev.optr.github;

import java.io.InterruptedIOException;

/** Carries an interruption through methods that may throw nothing but I/O exceptions. */
final class Interruption {
  private Interruption() {}

  /** Sets the thread's flag again and gives what to throw. */
  static InterruptedIOException restored(InterruptedException cause) {
    Thread.currentThread().interrupt();
    InterruptedIOException interrupted = new InterruptedIOException("interrupted");
    interrupted.initCause(cause);
    return interrupted;
  }
}
