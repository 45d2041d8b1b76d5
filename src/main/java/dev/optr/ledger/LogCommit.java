package dev.optr.ledger;

import dev.optr.base.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A commit as its object has it.
 *
 * @param tree id of its tree
 * @param parents ids, first parent first, also where the clone lacks them
 * @param signature what the header {@code gpgsig} holds; null where there is none
 * @param signed what a signature covers: the object without that header
 */
public record LogCommit(
    String id,
    String tree,
    List<String> parents,
    String message,
    @Nullable String signature,
    Bytes signed) {
  public LogCommit {
    parents = List.copyOf(parents);
  }
}
