package dev.optr.ledger;

import java.util.BitSet;

/** Finds the row of an id: a table of open addressing, of rows counted from 1; 0 is free. */
final class IdIndex {
  private static final int FEWEST_SLOTS = 64;
  private static final int MOST_FIRST_SLOTS = 1 << 22;

  /** Half of what a usual line has, so that half of the slots are free in the end. */
  private static final int BYTES_OF_A_SLOT = 512;

  private final Rows rows;
  private int[] slots;
  private int size;

  /**
   * @param bytes of all containers, which tell how many lines there may be
   */
  IdIndex(Rows rows, long bytes) {
    this.rows = rows;
    long wanted = Math.clamp(bytes / BYTES_OF_A_SLOT, FEWEST_SLOTS, MOST_FIRST_SLOTS);
    this.slots = new int[Integer.highestOneBit((int) wanted)];
  }

  /** The row with that id; negative where there is none. */
  int find(long[] id) {
    int slot = slot(id[0]);
    while (slots[slot] != 0) {
      int row = slots[slot] - 1;
      if (rows.hasId(row, id)) {
        return row;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return -1;
  }

  /**
   * Adds the last row, whose id is new.
   *
   * @param copies rows whose id is that of an earlier one
   */
  void add(int row, BitSet copies) {
    if (2 * ++size > slots.length) {
      slots = new int[2 * slots.length];
      for (int other = copies.nextClearBit(0);
          other < row;
          other = copies.nextClearBit(other + 1)) {
        put(other);
      }
    }
    put(row);
  }

  private void put(int row) {
    int slot = slot(rows.ids.get(EntryId.WORDS * row));
    while (slots[slot] != 0) {
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = row + 1;
  }

  private int slot(long firstWord) {
    return (int) (firstWord >>> 32) & (slots.length - 1);
  }
}
