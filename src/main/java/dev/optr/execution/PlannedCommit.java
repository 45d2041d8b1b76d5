package dev.optr.execution;

import dev.optr.git.FileChanges;
import java.util.List;
import java.util.Optional;

/**
 * A commit that no ref leads to yet.
 *
 * @param base the commit whose tree is changed; empty for the empty tree
 * @param parents ids, first parent first
 * @param message no agent's text
 */
public record PlannedCommit(
    Optional<String> base, FileChanges changes, List<String> parents, String message) {
  public PlannedCommit {
    parents = List.copyOf(parents);
  }
}
