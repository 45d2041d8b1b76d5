package dev.optr.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM. The run is interrupted, ends what it started (lanes, commands, directories, a
 * pending gate), and has five seconds for that: the runner kills ten seconds after it asked.
 */
final class Interruption {
  private static final long PATIENCE_SECONDS = 5;

  private final CountDownLatch ended = new CountDownLatch(1);

  private Interruption() {}

  /** From now on a signal interrupts the calling thread, until {@link #runEnded}. */
  static Interruption watch() {
    Interruption interruption = new Interruption();
    Thread run = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> interruption.pass(run), "interruption"));
    return interruption;
  }

  /** The run is over; from now on shutting down is what was asked for. */
  void runEnded() {
    ended.countDown();
  }

  private void pass(Thread run) {
    if (ended.getCount() == 0) {
      return;
    }
    run.interrupt();
    awaitEnd();
    // In time or not, the process ends now; what is left behind, the next run sweeps.
    Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code());
  }

  private void awaitEnd() {
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code());
      }
    } catch (InterruptedException secondSignal) {
      Thread.currentThread().interrupt();
    }
  }
}
