package dev.optr.ledger;

import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Parents before children. Container order nearly always is such an order, and then takes no memory
 * of its own.
 */
sealed interface TopologicalOrder {
  /** Each entry once. */
  IntStream rows();

  /** Greater than those of all parents. */
  int rank(int row);

  int row(int rank);

  static TopologicalOrder of(EntryTable table, BitSet entries) {
    for (int row = entries.nextSetBit(0); row >= 0; row = entries.nextSetBit(row + 1)) {
      for (int i = 0; i < table.parentCount(row); i++) {
        int parent = table.parent(row, i);
        if (parent > row && entries.get(parent)) {
          return Sorted.of(table, entries);
        }
      }
    }
    return new OfContainers(entries);
  }

  /** The order of the rows themselves. */
  record OfContainers(BitSet entries) implements TopologicalOrder {
    @Override
    public IntStream rows() {
      return entries.stream();
    }

    @Override
    public int rank(int row) {
      return row;
    }

    @Override
    public int row(int rank) {
      return rank;
    }
  }

  /** Entries whose parents have all been met come first, in container order. */
  final class Sorted implements TopologicalOrder {
    private final int[] rows;
    private final int[] ranks;

    private Sorted(int[] rows, int[] ranks) {
      this.rows = rows;
      this.ranks = ranks;
    }

    private static Sorted of(EntryTable table, BitSet entries) {
      Children children = Children.of(table, entries);
      int[] waiting = new int[entries.length()];
      int[] rows = new int[entries.cardinality()];
      int ready = 0;
      for (int row = entries.nextSetBit(0); row >= 0; row = entries.nextSetBit(row + 1)) {
        waiting[row] = parentCount(table, entries, row);
        if (waiting[row] == 0) {
          rows[ready++] = row;
        }
      }
      for (int next = 0; next < ready; next++) {
        for (int i = children.from(rows[next]); i < children.to(rows[next]); i++) {
          int child = children.at(i);
          if (--waiting[child] == 0) {
            rows[ready++] = child;
          }
        }
      }
      int[] ranks = new int[entries.length()];
      for (int rank = 0; rank < rows.length; rank++) {
        ranks[rows[rank]] = rank;
      }
      return new Sorted(rows, ranks);
    }

    private static int parentCount(EntryTable table, BitSet entries, int row) {
      return (int)
          IntStream.range(0, table.parentCount(row))
              .map(i -> table.parent(row, i))
              .filter(parent -> parent >= 0 && entries.get(parent))
              .count();
    }

    @Override
    public IntStream rows() {
      return IntStream.of(rows);
    }

    @Override
    public int rank(int row) {
      return ranks[row];
    }

    @Override
    public int row(int rank) {
      return rows[rank];
    }
  }
}
