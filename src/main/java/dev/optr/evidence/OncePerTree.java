package dev.optr.evidence;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * Examines each tree once, however many lanes reach it at the same time: the first does the work,
 * the others wait. Where the first is interrupted or fails, the next one does the work.
 */
final class OncePerTree<V> {
  private final ConcurrentMap<String, FutureTask<V>> tasks = new ConcurrentHashMap<>();

  V get(String tree, Callable<V> work) throws InterruptedException {
    FutureTask<V> mine = new FutureTask<>(work);
    while (true) {
      FutureTask<V> first = tasks.putIfAbsent(tree, mine);
      if (first == null) {
        return lead(tree, mine);
      }
      Optional<V> found = follow(tree, first);
      if (found.isPresent()) {
        return found.get();
      }
    }
  }

  /** What was found of a tree; empty where nothing was, or not yet. */
  Optional<V> found(String tree) {
    return Optional.ofNullable(tasks.get(tree))
        .filter(task -> task.state() == Future.State.SUCCESS)
        .map(FutureTask::resultNow);
  }

  /** What was found of all trees, in the order of their ids. */
  List<V> found() {
    return tasks.keySet().stream().sorted().flatMap(tree -> found(tree).stream()).toList();
  }

  private V lead(String tree, FutureTask<V> mine) throws InterruptedException {
    mine.run();
    try {
      return mine.get();
    } catch (ExecutionException failed) {
      tasks.remove(tree, mine);
      throw rethrown(failed);
    }
  }

  /** Empty where the first failed, so that it is tried again. */
  private Optional<V> follow(String tree, FutureTask<V> first) throws InterruptedException {
    try {
      return Optional.of(first.get());
    } catch (ExecutionException failed) {
      // Told to the lane whose work it was.
      tasks.remove(tree, first);
      return Optional.empty();
    }
  }

  private static RuntimeException rethrown(ExecutionException failed) throws InterruptedException {
    switch (failed.getCause()) {
      case InterruptedException interrupted -> throw interrupted;
      case RuntimeException fault -> throw fault;
      case Error error -> throw error;
      case null, default -> throw new IllegalStateException("work on a tree failed", failed);
    }
  }
}
