package dev.optr.ledger;

import java.util.List;
import java.util.Set;

/**
 * An executed commit has the recorded head as its first parent and, {@code datalake} left out, the
 * recorded tree.
 */
final class ExecutedCommits {
  private final AnchorSource source;
  private final AnchorSignatures signatures;

  ExecutedCommits(AnchorSource source, AnchorSignatures signatures) {
    this.source = source;
    this.signatures = signatures;
  }

  /**
   * @param commits those that brought the line
   */
  List<Finding> check(Entry entry, Body.Execution execution, List<CommitFacts> commits) {
    List<CommitFacts> uponHead =
        commits.stream()
            .filter(commit -> commit.parents().stream().limit(1).anyMatch(execution.head()::equals))
            .toList();
    List<CommitFacts> executed =
        uponHead.stream()
            .filter(commit -> source.treeWithoutDatalake(commit.id()).equals(execution.tree()))
            .toList();
    if (!executed.isEmpty()) {
      return signatures.check(entry, executed.getFirst());
    }
    List<CommitFacts> naming =
        commits.stream().filter(commit -> names(commit, entry, execution)).toList();
    List<Finding> others =
        uponHead.stream()
            .filter(naming::contains)
            .map(commit -> mismatch(entry, execution, commit))
            .toList();
    if (!others.isEmpty() || commits.isEmpty()) {
      return others;
    }
    Code code = naming.isEmpty() ? Code.W_UNANCHORED : Code.W_UNREACHABLE;
    return List.of(entry.finding(code, code.sentence()));
  }

  private static boolean names(CommitFacts commit, Entry entry, Body.Execution execution) {
    Set<String> named = Trailers.named(commit.message());
    return named.contains(entry.id()) || named.contains(execution.entry());
  }

  private Finding mismatch(Entry entry, Body.Execution execution, CommitFacts commit) {
    return entry.finding(
        Code.E_ANCHOR_MISMATCH,
        commit.id(),
        "its tree without datalake is '%s', the executed one '%s'"
            .formatted(source.treeWithoutDatalake(commit.id()), execution.tree()));
  }
}
