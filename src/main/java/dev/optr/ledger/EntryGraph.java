package dev.optr.ledger;

import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The entries of one ledger as a graph of parents, each meant by its first row. It has no cycle: an
 * id is a digest over the ids of the parents.
 */
final class EntryGraph {
  private final EntryTable table;
  private final BitSet entries;
  private final TopologicalOrder order;
  private final BitSet heads;

  private EntryGraph(EntryTable table, BitSet entries) {
    this.table = table;
    this.entries = entries;
    this.order = TopologicalOrder.of(table, entries);
    this.heads = heads(table, entries);
  }

  /** Takes every id once, its first line. */
  static EntryGraph of(EntryTable table, BitSet own) {
    BitSet first = (BitSet) own.clone();
    first.andNot(table.copies());
    return new EntryGraph(table, first);
  }

  /** All lines of one ledger. */
  static EntryGraph of(LedgerLines lines, String ledger) {
    EntryTable table = lines.table();
    return of(table, table.rowsOf(origin -> origin.ledger().equals(ledger)));
  }

  int size() {
    return entries.cardinality();
  }

  /** Every entry once, parents before children. */
  IntStream rows() {
    return order.rows();
  }

  boolean contains(int row) {
    return row >= 0 && entries.get(row);
  }

  OptionalInt find(String id) {
    OptionalInt row = table.find(id);
    return row.isPresent() && entries.get(row.getAsInt()) ? row : OptionalInt.empty();
  }

  private static BitSet heads(EntryTable table, BitSet entries) {
    BitSet heads = (BitSet) entries.clone();
    for (int row = entries.nextSetBit(0); row >= 0; row = entries.nextSetBit(row + 1)) {
      for (int i = 0; i < table.parentCount(row); i++) {
        int parent = table.parent(row, i);
        if (parent >= 0) {
          heads.clear(parent);
        }
      }
    }
    return heads;
  }

  /** True for an entry that is nobody's parent. */
  boolean isHead(int row) {
    return heads.get(row);
  }

  /** Ids of the entries that are nobody's parent, sorted. */
  List<String> heads() {
    return heads.stream().mapToObj(table::id).sorted().toList();
  }

  int parentCount(int row) {
    return table.parentCount(row);
  }

  /** A parent of an entry; negative where it is not here. */
  int parent(int row, int index) {
    int parent = table.parent(row, index);
    return contains(parent) ? parent : -1;
  }

  /** The named entries with all their ancestors. */
  Closure closure(Collection<String> ids) {
    BitSet ranks = new BitSet();
    ids.forEach(id -> find(id).ifPresent(row -> ranks.set(order.rank(row))));
    // Parents stand before children: one walk from the last to the first sees every link.
    for (int rank = ranks.length() - 1; rank >= 0; rank = ranks.previousSetBit(rank - 1)) {
      addParents(order.row(rank), 0, ranks);
    }
    return new Closure(ranks);
  }

  /** Adds the ranks, counted from the lowest, of the parents that are not below it. */
  private void addParents(int row, int lowest, BitSet ranks) {
    for (int i = 0; i < parentCount(row); i++) {
      int parent = parent(row, i);
      if (parent >= 0 && order.rank(parent) >= lowest) {
        ranks.set(order.rank(parent) - lowest);
      }
    }
  }

  /** True where one entry is an ancestor of another; looks no further back than to it. */
  boolean isAncestor(int ancestor, int descendant) {
    int target = order.rank(ancestor);
    int last = order.rank(descendant) - 1;
    if (!contains(ancestor) || last < target) {
      return false;
    }
    BitSet seen = new BitSet(last - target + 1);
    int row = descendant;
    while (true) {
      addParents(row, target, seen);
      last = seen.previousSetBit(last - target) + target;
      if (last <= target) {
        return last == target;
      }
      row = order.row(last);
      last--;
    }
  }

  /** A set of entries that holds the ancestors of each. */
  final class Closure {
    private final BitSet ranks;

    private Closure(BitSet ranks) {
      this.ranks = ranks;
    }

    boolean contains(int row) {
      return ranks.get(order.rank(row));
    }
  }
}
