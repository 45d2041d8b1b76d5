package dev.optr.app;

import dev.optr.evidence.OtherHeads;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** Looks for other heads while agents think; whoever needs them first waits for the rest. */
final class EarlyHeads implements OtherHeads.Source {
  private final FutureTask<OtherHeads> found;

  private EarlyHeads(FutureTask<OtherHeads> found) {
    this.found = found;
  }

  static EarlyHeads start(Supplier<OtherHeads> search) {
    FutureTask<OtherHeads> task = new FutureTask<>(search::get);
    Thread.ofVirtual().name("other heads").start(task);
    return new EarlyHeads(task);
  }

  @Override
  public OtherHeads await() throws InterruptedException {
    try {
      return found.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the search for other heads has a bug", e.getCause());
    }
  }
}
