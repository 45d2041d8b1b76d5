package dev.optr.ledger;

/**
 * What the rules need to know of each line whose form and id are right, in columns: some ninety
 * bytes for a line of a thousand. All else is read again from its container when it is asked for.
 */
final class Rows {
  /** Stands for the key where there is no signature. */
  static final int UNSIGNED = -1;

  /** Stands for the key where there are several signatures, or one of another kind. */
  static final int MIXED = -2;

  private static final int TYPE_BITS = 3;

  final LongColumn offsets = new LongColumn();
  final IntColumn lengths = new IntColumn();
  final IntColumn lineNumbers = new IntColumn();
  final LongColumn ids = new LongColumn();
  final LongColumn heights = new LongColumn();
  final LongColumn times = new LongColumn();

  /** Of {@link Act#fingerprint()}; 0 for entries that no run makes. */
  final LongColumn acts = new LongColumn();

  final IntColumn keys = new IntColumn();

  /** Where the parents of a row end in their own column; they begin where the row before ends. */
  final IntColumn parentEnds = new IntColumn();

  /** Where the subject of an execution or outcome stands in its own column, or -1. */
  final IntColumn subjects = new IntColumn();

  private final IntColumn typesAndOrigins = new IntColumn();

  int size() {
    return offsets.size();
  }

  void addType(EntryType type, int origin) {
    typesAndOrigins.add((origin << TYPE_BITS) | type.code());
  }

  EntryType type(int row) {
    return EntryType.ofCode(typesAndOrigins.get(row) & ((1 << TYPE_BITS) - 1));
  }

  int origin(int row) {
    return typesAndOrigins.get(row) >>> TYPE_BITS;
  }

  int firstParent(int row) {
    return row == 0 ? 0 : parentEnds.get(row - 1);
  }

  int parentEnd(int row) {
    return parentEnds.get(row);
  }

  /** The id of a row is the one of these words. */
  boolean hasId(int row, long[] words) {
    for (int i = 0; i < EntryId.WORDS; i++) {
      if (ids.get(EntryId.WORDS * row + i) != words[i]) {
        return false;
      }
    }
    return true;
  }
}
