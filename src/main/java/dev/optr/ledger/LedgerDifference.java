package dev.optr.ledger;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one state of the ledger has more and less than an earlier one. */
final class LedgerDifference {
  private final LedgerVersions versions;
  private final BitSet seen;
  private final @Nullable String before;
  private final List<Place> losses;
  private final Map<Integer, Place> gone = new LinkedHashMap<>();
  private final Set<Integer> come = new LinkedHashSet<>();

  /**
   * Where the earlier state has an entry.
   *
   * @param line 1-based
   */
  record Place(int entry, String path, int line) {}

  /**
   * @param seen entries that any state had before this one; others need not be looked for
   * @param before null for the state without any file
   */
  LedgerDifference(
      LedgerHistory history,
      LedgerVersions versions,
      BitSet seen,
      @Nullable String before,
      String after) {
    this.versions = versions;
    this.seen = seen;
    this.before = before;
    List<LedgerHistory.Change> changes = history.changes(before, after);
    // What a line moved to is read first: several files can differ.
    changes.stream()
        .filter(change -> change.after() != null)
        .forEach(change -> versions.read(String.valueOf(change.after()), change.before()));
    changes.forEach(this::compare);
    this.losses =
        gone.values().stream()
            .filter(place -> !come.contains(place.entry()) && !versions.isIn(after, place.entry()))
            .toList();
  }

  private void compare(LedgerHistory.Change change) {
    int old = versions.node(change.before());
    int fresh = versions.node(change.after());
    int common = versions.tree().common(old, fresh);
    for (int node : versions.lines(common, old)) {
      int entry = versions.entry(node);
      gone.putIfAbsent(entry, new Place(entry, change.path(), versions.tree().depth(node)));
    }
    versions.lines(common, fresh).forEach(node -> come.add(versions.entry(node)));
    gone.remove(LineTable.NO_ENTRY);
    come.remove(LineTable.NO_ENTRY);
  }

  /** Entries that are in no file any more; a line that moved to another file is not lost. */
  List<Place> losses() {
    return losses;
  }

  /** Entries that were in no file before. */
  List<Integer> gains() {
    return come.stream().filter(this::gains).toList();
  }

  boolean gains(int entry) {
    return come.contains(entry)
        && !gone.containsKey(entry)
        && (before == null || !seen.get(entry) || !versions.isIn(before, entry));
  }

  Set<Integer> mentioned() {
    return come;
  }
}
