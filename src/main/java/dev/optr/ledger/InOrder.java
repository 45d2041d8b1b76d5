package dev.optr.ledger;

import dev.optr.base.ServiceException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Works on several tasks at a time and hands over their results in the order of the tasks, so that
 * the outcome never depends on timing. A few more tasks than workers are under way, never all.
 */
final class InOrder {
  private final int workers;

  InOrder(int workers) {
    this.workers = workers;
  }

  <T> void forEach(Iterator<Supplier<T>> tasks, Consumer<T> sink) {
    if (!tasks.hasNext()) {
      return;
    }
    Supplier<T> first = tasks.next();
    if (workers == 1 || !tasks.hasNext()) {
      sink.accept(first.get());
      tasks.forEachRemaining(task -> sink.accept(task.get()));
      return;
    }
    try (ExecutorService executor = Executors.newFixedThreadPool(workers)) {
      Deque<Future<T>> underWay = new ArrayDeque<>();
      underWay.add(executor.submit(first::get));
      while (!underWay.isEmpty()) {
        while (tasks.hasNext() && underWay.size() < 2 * workers) {
          underWay.add(executor.submit(tasks.next()::get));
        }
        sink.accept(result(underWay.remove()));
      }
    }
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ServiceException.lasting("interrupted while the ledger was read", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ServiceException expected) {
        throw expected;
      }
      throw new IllegalStateException("a worker failed", e);
    }
  }
}
