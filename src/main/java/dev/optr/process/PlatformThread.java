package dev.optr.process;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Waits for processes on platform threads. The thread that reaps a process may have been made by
 * one that gave up its rights (see {@link Launcher}), and to wake a virtual thread can make another
 * thread, which would inherit that.
 */
final class PlatformThread {
  private PlatformThread() {}

  /**
   * @throws InterruptedException where the caller was interrupted; the step was too, and has ended
   */
  static <T> T call(Callable<T> step) throws InterruptedException {
    FutureTask<T> task = new FutureTask<>(step);
    Thread thread = Thread.ofPlatform().daemon().unstarted(task);
    thread.start();
    boolean interrupted = false;
    while (true) {
      try {
        T result = task.get();
        if (interrupted) {
          throw new InterruptedException();
        }
        return result;
      } catch (InterruptedException e) {
        if (task.isDone()) {
          throw e;
        }
        interrupted = true;
        thread.interrupt();
      } catch (ExecutionException e) {
        throw thrown(e);
      }
    }
  }

  private static RuntimeException thrown(ExecutionException e) throws InterruptedException {
    return switch (e.getCause()) {
      case RuntimeException cause -> cause;
      case Error cause -> throw cause;
      case InterruptedException _ -> throw new InterruptedException();
      case null, default -> new IllegalStateException(e);
    };
  }
}
