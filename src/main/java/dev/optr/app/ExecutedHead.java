package dev.optr.app;

import dev.optr.git.GitRepository;
import dev.optr.ledger.Body;
import dev.optr.ledger.Entry;
import dev.optr.ledger.Verification;
import java.util.Optional;

/**
 * Recognises an executed commit: an intact execution entry has its first parent as {@code head} and
 * its tree, {@code datalake} left out, as {@code tree}. What its message says is no proof.
 */
final class ExecutedHead {
  private ExecutedHead() {}

  /**
   * The execution entry of a commit.
   *
   * @param ledger verified; whoever asks decides what else must be said of it
   */
  static Optional<Entry> of(GitRepository repository, String commit, Verification ledger) {
    Optional<String> parent = repository.parents(commit).stream().findFirst();
    if (parent.isEmpty()) {
      return Optional.empty();
    }
    String tree = repository.treeWithoutDatalake(commit);
    return ledger
        .entries()
        .mentioning(parent.get())
        .filter(
            entry ->
                entry.body() instanceof Body.Execution execution
                    && execution.head().equals(parent.get())
                    && execution.tree().equals(tree))
        .findFirst();
  }
}
