package dev.optr.agents;

import dev.optr.git.BlobReader;
import dev.optr.git.FrozenTree;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One search. Several threads read ahead; what they found is taken in path order, so that the
 * answer is the same whatever their number, as long as the time suffices.
 */
final class SearchRun {
  /** The most lines in an answer. */
  static final int MOST_MATCHES = 200;

  /** The most bytes that one search reads. */
  static final long MOST_BYTES = 256L << 20;

  /** Files that a thread takes at a time. */
  private static final int PORTION = 64;

  private final FrozenTree visible;
  private final LinePattern pattern;
  private final Instant deadline;
  private final InstantSource clock;
  private final AtomicBoolean enough = new AtomicBoolean();

  SearchRun(FrozenTree visible, LinePattern pattern, Instant deadline, InstantSource clock) {
    this.visible = visible;
    this.pattern = pattern;
    this.deadline = deadline;
    this.clock = clock;
  }

  /** Why a search ended. */
  enum End {
    ALL_SEARCHED,
    ENOUGH_MATCHES,
    ENOUGH_BYTES,
    OUT_OF_TIME
  }

  /**
   * @param results in path order
   */
  record Outcome(List<FileSearch.Result> results, End end) {}

  Outcome search(List<FrozenTree.File> files, int processors) throws InterruptedException {
    List<CompletableFuture<List<FileSearch.Result>>> portions = new ArrayList<>();
    for (int start = 0; start < files.size(); start += PORTION) {
      portions.add(new CompletableFuture<>());
    }
    AtomicInteger next = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Math.min(processors, portions.size()); i++) {
      threads.add(Thread.ofPlatform().daemon().start(() -> work(files, portions, next)));
    }
    try {
      return take(portions);
    } finally {
      enough.set(true);
      join(threads);
    }
  }

  private Outcome take(List<CompletableFuture<List<FileSearch.Result>>> portions)
      throws InterruptedException {
    List<FileSearch.Result> taken = new ArrayList<>();
    int matches = 0;
    long bytes = 0;
    for (CompletableFuture<List<FileSearch.Result>> portion : portions) {
      for (FileSearch.Result result : get(portion)) {
        if (result instanceof FileSearch.Stopped) {
          return new Outcome(taken, End.OUT_OF_TIME);
        }
        taken.add(result);
        bytes += result.bytes();
        matches += result instanceof FileSearch.Searched searched ? searched.matches().size() : 0;
        if (matches >= MOST_MATCHES) {
          return new Outcome(taken, End.ENOUGH_MATCHES);
        }
        if (bytes > MOST_BYTES) {
          return new Outcome(taken, End.ENOUGH_BYTES);
        }
      }
    }
    return new Outcome(taken, End.ALL_SEARCHED);
  }

  private void work(
      List<FrozenTree.File> files,
      List<CompletableFuture<List<FileSearch.Result>>> portions,
      AtomicInteger next) {
    FileSearch search = new FileSearch(pattern, this::isOver);
    try (BlobReader blobs = visible.blobs()) {
      for (int i = next.getAndIncrement(); i < portions.size(); i = next.getAndIncrement()) {
        portions.get(i).complete(portion(search, blobs, files, i * PORTION));
      }
    } catch (RuntimeException | Error e) {
      // Whoever takes the results meets it there.
      portions.forEach(portion -> portion.completeExceptionally(e));
    }
  }

  private static List<FileSearch.Result> portion(
      FileSearch search, BlobReader blobs, List<FrozenTree.File> files, int start) {
    List<FileSearch.Result> results = new ArrayList<>();
    for (FrozenTree.File file : files.subList(start, Math.min(start + PORTION, files.size()))) {
      FileSearch.Result result = search.search(blobs, file);
      results.add(result);
      if (result instanceof FileSearch.Stopped) {
        return results;
      }
    }
    return results;
  }

  private boolean isOver() {
    return enough.get() || clock.instant().isAfter(deadline);
  }

  private static List<FileSearch.Result> get(CompletableFuture<List<FileSearch.Result>> portion)
      throws InterruptedException {
    try {
      return portion.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException fault -> throw fault;
        case Error fault -> throw fault;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  /** They end as soon as they look up from what they are reading, which is soon. */
  private static void join(List<Thread> threads) {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
