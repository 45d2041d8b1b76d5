package dev.optr.ledger;

import java.util.BitSet;

/** The links of entries in the other direction. */
final class Children {
  /** Where the children of a row begin; they end where those of the next row begin. */
  private final int[] starts;

  private final int[] children;

  private Children(int[] starts, int[] children) {
    this.starts = starts;
    this.children = children;
  }

  static Children of(EntryTable table, BitSet entries) {
    int[] starts = new int[entries.length() + 1];
    forEachLink(table, entries, (parent, _) -> starts[parent + 1]++);
    for (int i = 1; i < starts.length; i++) {
      starts[i] += starts[i - 1];
    }
    int[] next = starts.clone();
    int[] children = new int[starts[starts.length - 1]];
    forEachLink(table, entries, (parent, child) -> children[next[parent]++] = child);
    return new Children(starts, children);
  }

  private interface LinkConsumer {
    void accept(int parent, int child);
  }

  private static void forEachLink(EntryTable table, BitSet entries, LinkConsumer consumer) {
    for (int row = entries.nextSetBit(0); row >= 0; row = entries.nextSetBit(row + 1)) {
      for (int i = 0; i < table.parentCount(row); i++) {
        int parent = table.parent(row, i);
        if (parent >= 0 && entries.get(parent)) {
          consumer.accept(parent, row);
        }
      }
    }
  }

  int from(int row) {
    return starts[row];
  }

  int to(int row) {
    return starts[row + 1];
  }

  int at(int index) {
    return children[index];
  }
}
