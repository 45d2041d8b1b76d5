package dev.optr.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class OncePerTreeTest {
  private final OncePerTree<String> trees = new OncePerTree<>();

  @Test
  void letsTheNextLaneWorkWhereTheFirstWasInterrupted() throws Exception {
    CountDownLatch working = new CountDownLatch(1);
    AtomicReference<Throwable> ended = new AtomicReference<>();
    Thread first =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    trees.get("tree", () -> waitForever(working));
                  } catch (Throwable e) {
                    ended.set(e);
                  }
                });
    working.await();
    try (ExecutorService lanes = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> second = lanes.submit(() -> trees.get("tree", () -> "second"));
      first.interrupt();
      assertThat(second.get()).isEqualTo("second");
    }
    first.join();
    assertThat(ended.get()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void remembersNoFailure() throws Exception {
    assertThatThrownBy(
            () ->
                trees.get(
                    "tree",
                    () -> {
                      throw new IllegalStateException("disk full");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("disk full");
    assertThat(trees.get("tree", () -> "again")).isEqualTo("again");
  }

  @Test
  void worksOncePerTree() throws Exception {
    AtomicInteger times = new AtomicInteger();
    assertThat(trees.get("a", () -> "a" + times.incrementAndGet())).isEqualTo("a1");
    assertThat(trees.get("a", () -> "a" + times.incrementAndGet())).isEqualTo("a1");
    assertThat(trees.get("b", () -> "b" + times.incrementAndGet())).isEqualTo("b2");
  }

  private static String waitForever(CountDownLatch working) throws InterruptedException {
    working.countDown();
    new CountDownLatch(1).await();
    return "never";
  }
}
