package dev.optr.isolation;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A thread that gives up its rights, starts a program and is thrown away. New threads inherit what
 * it gave up, so nothing may be done on it that makes one. To wake a virtual thread can: whoever
 * waits for it must be a platform thread, see {@link #onPlatformThread}. For the same reason all
 * classes that it needs are loaded before it gives up its rights.
 */
final class ConfinedThread implements AutoCloseable {
  private static final FutureTask<Boolean> LAST = new FutureTask<>(() -> true);

  private final BlockingQueue<FutureTask<?>> tasks = new LinkedBlockingQueue<>();
  private final Thread thread;

  ConfinedThread() {
    thread = Thread.ofPlatform().name("confined").daemon().start(this::work);
  }

  private void work() {
    try {
      for (FutureTask<?> task = tasks.take(); task != LAST; task = tasks.take()) {
        task.run();
      }
    } catch (InterruptedException e) {
      // Nobody has this thread but its owner, who does not interrupt it.
      throw new IllegalStateException(e);
    }
  }

  /** Does something on it, and throws here what was thrown there. */
  <T> T call(Callable<T> step) throws Exception {
    if (Thread.currentThread().isVirtual()) {
      throw new IllegalStateException("a confined thread must wake no virtual thread");
    }
    FutureTask<T> task = new FutureTask<>(step);
    tasks.add(task);
    return uninterrupted(task);
  }

  /** See {@link #call}; for steps that throw nothing checked. */
  void run(Runnable step) {
    try {
      call(
          () -> {
            step.run();
            return true;
          });
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    tasks.add(LAST);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Does something on a platform thread: this one, where it is one. */
  static <T> T onPlatformThread(Callable<T> step) throws Exception {
    if (!Thread.currentThread().isVirtual()) {
      return step.call();
    }
    FutureTask<T> task = new FutureTask<>(step);
    Thread.ofPlatform().daemon().start(task);
    return uninterrupted(task);
  }

  /** What was begun on another thread is waited for: it holds what must be given back. */
  private static <T> T uninterrupted(FutureTask<T> task) throws Exception {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw thrown(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Exception thrown(@Nullable Throwable cause) {
    return switch (cause) {
      case Exception e -> e;
      case Error e -> throw e;
      case null, default -> new IllegalStateException(cause);
    };
  }
}
