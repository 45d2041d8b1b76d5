package dev.optr.ledger;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The main file only grows at its end: for at least one parent the bytes of its file are the
 * beginning of the commit's, and on the default branch for the first parent.
 */
final class MainFileRule {
  private final LedgerHistory history;
  private final LedgerVersions versions;
  private final BitSet lost;

  /**
   * @param lost entries that some commit took away so far
   */
  MainFileRule(LedgerHistory history, LedgerVersions versions, BitSet lost) {
    this.history = history;
    this.versions = versions;
    this.lost = lost;
  }

  /**
   * Empty where the rule holds.
   *
   * @param parents states
   * @return the first line that does not stand where a parent has it
   */
  Optional<LedgerDifference.Place> check(LedgerHistory.Revision revision, List<String> parents) {
    List<String> counting = counting(revision.line(), parents);
    int main = main(revision.state());
    boolean holds =
        counting.isEmpty()
            || counting.stream().anyMatch(parent -> versions.tree().isPrefix(main(parent), main));
    if (holds) {
      return Optional.empty();
    }
    // Something else than growth: now lines of other ledgers are left out, and what came back.
    List<Optional<LedgerDifference.Place>> moved =
        counting.stream().map(parent -> moved(parent, revision.state())).toList();
    return moved.stream().allMatch(Optional::isPresent) ? moved.getFirst() : Optional.empty();
  }

  /** A parent that has no such file proves nothing, as long as there is one that has. */
  private List<String> counting(LedgerHistory.Line line, List<String> parents) {
    boolean first = line != LedgerHistory.Line.ANY;
    if (first && !parents.isEmpty() && main(parents.getFirst()) != LineTree.ROOT) {
      return parents.subList(0, 1);
    }
    return parents.stream().filter(parent -> main(parent) != LineTree.ROOT).toList();
  }

  private int main(String state) {
    String version = history.main(state);
    return version == null ? LineTree.ROOT : versions.read(version, null);
  }

  /** What went is reported as gone, what came back keeps its old place: neither is a move. */
  private Optional<LedgerDifference.Place> moved(String before, String after) {
    Set<Integer> present = versions.entries(after);
    Set<Integer> earlier = versions.entries(before);
    List<Integer> kept = lines(before, present::contains);
    List<Integer> grown = lines(after, entry -> earlier.contains(entry) || !lost.get(entry));
    for (int i = 0; i < kept.size(); i++) {
      int node = kept.get(i);
      boolean inPlace =
          i < grown.size() && versions.tree().line(grown.get(i)) == versions.tree().line(node);
      if (!inPlace) {
        return Optional.of(
            new LedgerDifference.Place(
                versions.entry(node), Container.MAIN, versions.tree().depth(node)));
      }
    }
    return Optional.empty();
  }

  private List<Integer> lines(String state, java.util.function.IntPredicate wanted) {
    return versions.lines(LineTree.ROOT, main(state)).stream()
        .filter(
            node -> versions.entry(node) != LineTable.NO_ENTRY && wanted.test(versions.entry(node)))
        .toList();
  }
}
