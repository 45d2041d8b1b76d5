package dev.optr.ledger;

import java.util.List;

/**
 * What verification needs to know of a commit.
 *
 * @param parents ids, first parent first
 * @param changedPaths paths that differ from the first parent
 */
public record CommitFacts(
    String id, List<String> parents, String message, List<String> changedPaths) {
  public CommitFacts {
    parents = List.copyOf(parents);
    changedPaths = List.copyOf(changedPaths);
  }
}
