package dev.optr.ledger;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * All lines whose form and id are right, in container order: a row for each, found by id. An entry
 * that stands in several containers has a row for each of its lines; the first one stands for it
 * wherever an entry is meant.
 */
final class EntryTable {
  private final Rows rows = new Rows();
  private final BitSet copies = new BitSet();

  /**
   * The first row of each parent; negative where no line of it has been met, see {@link
   * #awaitedIds}.
   */
  private final IntColumn parents = new IntColumn();

  /** As {@link #parents}, of the subjects. */
  private final IntColumn subjects = new IntColumn();

  /** Ids that were named before a line of theirs was met. */
  private final LongColumn awaitedIds = new LongColumn();

  private final IntColumn earlyRows = new IntColumn();
  private final IntColumn earlyParents = new IntColumn();
  private final IntColumn containerStarts = new IntColumn();
  private final BitSet inContainer = new BitSet();
  private final List<Origin> origins = new ArrayList<>();
  private final Map<Origin, Integer> originNumbers = new HashMap<>();
  private final List<String> keys = new ArrayList<>();
  private final Map<String, Integer> keyNumbers = new HashMap<>();
  private final long[] words = new long[EntryId.WORDS];

  private final IdIndex byId;

  /**
   * @param bytes of all containers, which tell how many lines there may be
   */
  EntryTable(long bytes) {
    this.byId = new IdIndex(rows, bytes);
  }

  /** Rows from here on are of the next container. */
  void beginContainer() {
    containerStarts.add(rows.size());
    inContainer.clear();
  }

  /** Adds a row of a chunk; false where its container has that entry already. */
  boolean add(Chunk chunk, int index, int lineNumber, Numbers numbers) {
    Rows from = chunk.rows;
    from.ids.getFour(index, words);
    int known = byId.find(words);
    if (known >= 0 && inContainer.get(known)) {
      return false;
    }
    int row = rows.size();
    if (known >= 0) {
      copies.set(row);
    }
    inContainer.set(known >= 0 ? known : row);
    rows.offsets.add(from.offsets.get(index));
    rows.lengths.add(from.lengths.get(index));
    rows.lineNumbers.add(lineNumber);
    rows.ids.addFour(words, 0);
    rows.heights.add(from.heights.get(index));
    rows.times.add(from.times.get(index));
    rows.acts.add(from.acts.get(index));
    rows.addType(from.type(index), numbers.origins[from.origin(index)]);
    int key = from.keys.get(index);
    rows.keys.add(key < 0 ? key : numbers.keys[key]);
    addParents(chunk, index, row);
    addSubject(chunk, index);
    if (known < 0) {
      byId.add(row, copies);
    }
    return true;
  }

  /** What the numbers of a chunk are here. */
  static final class Numbers {
    private final int[] origins;
    private final int[] keys;

    private Numbers(int[] origins, int[] keys) {
      this.origins = origins;
      this.keys = keys;
    }
  }

  Numbers numbers(Chunk chunk) {
    return new Numbers(
        chunk.origins().stream().mapToInt(it -> number(it, origins, originNumbers)).toArray(),
        chunk.keys().stream().mapToInt(it -> number(it, keys, keyNumbers)).toArray());
  }

  private static <T> int number(T value, List<T> values, Map<T, Integer> numbers) {
    Integer known = numbers.putIfAbsent(value, values.size());
    if (known == null) {
      values.add(value);
      return values.size() - 1;
    }
    return known;
  }

  private void addParents(Chunk chunk, int index, int row) {
    for (int i = chunk.rows.firstParent(index); i < chunk.rows.parentEnd(index); i++) {
      int parent = rowOrAwaited(chunk.parentIds, i);
      if (parent < 0 || !inContainer.get(parent)) {
        earlyRows.add(row);
        earlyParents.add(parents.size());
      }
      parents.add(parent);
    }
    rows.parentEnds.add(parents.size());
  }

  private void addSubject(Chunk chunk, int index) {
    int subject = chunk.rows.subjects.get(index);
    rows.subjects.add(subject < 0 ? -1 : subjects.size());
    if (subject >= 0) {
      subjects.add(rowOrAwaited(chunk.subjectIds, subject));
    }
  }

  private int rowOrAwaited(LongColumn ids, int index) {
    ids.getFour(index, words);
    int known = byId.find(words);
    if (known >= 0) {
      return known;
    }
    awaitedIds.addFour(words, 0);
    return -awaitedIds.size() / EntryId.WORDS;
  }

  /** To be called once all lines are in: what was named before its line was met is found now. */
  void complete() {
    complete(parents);
    complete(subjects);
  }

  private void complete(IntColumn named) {
    for (int i = 0; i < named.size(); i++) {
      int value = named.get(i);
      if (value < 0) {
        int known = byId.find(awaited(value));
        named.set(i, known < 0 ? value : known);
      }
    }
  }

  private long[] awaited(int value) {
    long[] id = new long[EntryId.WORDS];
    awaitedIds.getFour(-value - 1, id);
    return id;
  }

  /** The first row of an entry. */
  OptionalInt find(String id) {
    int row = EntryId.isId(id) ? byId.find(EntryId.words(id)) : -1;
    return row < 0 ? OptionalInt.empty() : OptionalInt.of(row);
  }

  int size() {
    return rows.size();
  }

  BitSet copies() {
    return copies;
  }

  /** Rows of the entries whose origin is wanted. */
  BitSet rowsOf(Predicate<Origin> wanted) {
    BitSet numbers = new BitSet();
    for (int i = 0; i < origins.size(); i++) {
      numbers.set(i, wanted.test(origins.get(i)));
    }
    BitSet found = new BitSet();
    for (int row = 0; row < rows.size(); row++) {
      if (numbers.get(rows.origin(row))) {
        found.set(row);
      }
    }
    return found;
  }

  /** The first row of the entry that stands in a row. */
  int first(int row) {
    return copies.get(row) ? find(id(row)).orElseThrow() : row;
  }

  String id(int row) {
    long[] id = new long[EntryId.WORDS];
    rows.ids.getFour(row, id);
    return EntryId.text(id);
  }

  EntryType type(int row) {
    return rows.type(row);
  }

  /** Index of its container in container order. */
  int container(int row) {
    int low = 0;
    int high = containerStarts.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (containerStarts.get(middle) <= row) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** First rows of the entries that stand in a container. */
  BitSet entriesOf(int container) {
    int end =
        container + 1 < containerStarts.size() ? containerStarts.get(container + 1) : rows.size();
    BitSet entries = new BitSet();
    for (int row = containerStarts.get(container); row < end; row++) {
      entries.set(first(row));
    }
    return entries;
  }

  long offset(int row) {
    return rows.offsets.get(row);
  }

  int length(int row) {
    return rows.lengths.get(row);
  }

  int lineNumber(int row) {
    return rows.lineNumbers.get(row);
  }

  long height(int row) {
    return rows.heights.get(row);
  }

  /** Seconds since 1970. */
  long time(int row) {
    return rows.times.get(row);
  }

  /** See {@link Act#fingerprint()}. */
  long act(int row) {
    return rows.acts.get(row);
  }

  Origin origin(int row) {
    return origins.get(rows.origin(row));
  }

  /** Fingerprint of the one key that signed it, or a negative number of {@link Rows}. */
  int key(int row) {
    return rows.keys.get(row);
  }

  String fingerprint(int key) {
    return keys.get(key);
  }

  int parentCount(int row) {
    return rows.parentEnd(row) - rows.firstParent(row);
  }

  /** The first row of a parent; negative where it is in no container. */
  int parent(int row, int index) {
    return parents.get(rows.firstParent(row) + index);
  }

  /** The first row of what an execution or outcome is about; negative where it is not here. */
  int subject(int row) {
    int subject = rows.subjects.get(row);
    return subject < 0 ? -1 : subjects.get(subject);
  }

  int earlyChildren() {
    return earlyRows.size();
  }

  /** In the order of rows. */
  EarlyChild earlyChild(int index) {
    int parent = parents.get(earlyParents.get(index));
    String id = parent < 0 ? EntryId.text(awaited(parent)) : id(parent);
    return new EarlyChild(earlyRows.get(index), parent, id);
  }
}
