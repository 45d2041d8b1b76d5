package dev.optr.ledger;

import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * How containers are cut into stretches that are scanned at the same time.
 *
 * @param stretch bytes of each but the last of a container; small enough to stay in a processor's
 *     own cache between reading, scanning and digesting
 */
record Scanning(int workers, int stretch) {
  private static final int STRETCH = 1 << 20;

  /** As many workers as there are processors. */
  static Scanning standard() {
    return new Scanning(Runtime.getRuntime().availableProcessors(), STRETCH);
  }

  /** A part of a container that has been scanned. */
  record Stretch(int container, boolean isFirst, boolean isLast, Chunk chunk) {}

  /** One task for each stretch, in container order. */
  Iterator<Supplier<Stretch>> tasks(List<Container> containers) {
    long longest = containers.stream().mapToLong(it -> it.content().size()).max().orElse(0);
    int buffer = (int) Math.min(longest, stretch + (long) ChunkScanner.MOST_AROUND);
    Queue<ChunkScanner> idle = new ConcurrentLinkedQueue<>();
    return IntStream.range(0, containers.size())
        .boxed()
        .flatMap(
            i -> {
              Content content = containers.get(i).content();
              // An empty container has one stretch too.
              return LongStream.iterate(
                      0, from -> from == 0 || from < content.size(), from -> from + stretch)
                  .mapToObj(from -> task(i, content, from, buffer, idle));
            })
        .iterator();
  }

  private Supplier<Stretch> task(
      int container, Content content, long from, int buffer, Queue<ChunkScanner> idle) {
    return () -> {
      ChunkScanner waiting = idle.poll();
      ChunkScanner scanner = waiting == null ? new ChunkScanner(buffer) : waiting;
      long to = Math.min(content.size(), from + stretch);
      try (Content.Reading reading = content.open()) {
        Chunk chunk = scanner.scan(reading, from, to, content.size());
        return new Stretch(container, from == 0, to == content.size(), chunk);
      } finally {
        idle.add(scanner);
      }
    };
  }
}
