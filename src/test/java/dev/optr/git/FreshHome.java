package dev.optr.git;

import dev.optr.base.Checkpoint;
import java.nio.file.Path;
import java.util.List;

/** A process of its own that opens a repository, reads it and makes a candidate. */
final class FreshHome {
  private FreshHome() {}

  public static void main(String[] arguments) {
    long start = System.nanoTime();
    try (GitRepository repository = GitRepository.open(Path.of(arguments[0]), Checkpoint.NONE);
        TreeStore store = TreeStore.open(repository, Path.of(arguments[1]))) {
      String head = repository.resolve("HEAD").orElseThrow();
      store.apply(repository.frozenTree(head), List.of(new Edit.Create("new", "new", false)));
      store.materialize(repository.frozenTree(head).tree()).close();
      System.out.println(repository.isDirty() + " " + repository.currentBranch().orElseThrow());
    }
    System.err.println("milliseconds: " + (System.nanoTime() - start) / 1_000_000);
  }
}
