package dev.optr.ledger;

import dev.optr.base.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every line that history ever had, each parsed once, and the entries of one ledger that stand in
 * them. Holds digests, ids and links, not the lines.
 */
final class LineTable {
  /** No entry of the ledger: damaged, or of another one. */
  static final int NO_ENTRY = -1;

  private final String genesis;
  private final LineReader reader = new LineReader();
  private final Map<Bytes, Integer> numbers = new HashMap<>();
  private final List<Line> lines = new ArrayList<>();
  private final Map<String, Integer> entryOfId = new HashMap<>();
  private final List<Known> entries = new ArrayList<>();

  /**
   * @param leaf its hash as a leaf of RFC 6962's tree
   */
  private record Line(Bytes leaf, int entry) {}

  /** What is kept of an entry. */
  private record Known(String id, List<Integer> parents, @Nullable Integer pullRequest) {}

  /**
   * @param genesis id of the ledger whose entries count
   */
  LineTable(String genesis) {
    this.genesis = genesis;
  }

  /**
   * Number of a line's content.
   *
   * @param line without LF
   * @param ended whether an LF follows; a line without one is no entry
   */
  int number(byte[] line, boolean ended) {
    Bytes leaf = MerkleTree.leafHash(line);
    // Only the last line of a file can lack its LF: it must not pass for the whole line.
    Bytes key = ended ? leaf : Bytes.utf8("unended" + leaf.sha256());
    Integer known = numbers.get(key);
    if (known != null) {
      return known;
    }
    lines.add(new Line(leaf, ended ? entry(line) : NO_ENTRY));
    numbers.put(key, lines.size() - 1);
    return lines.size() - 1;
  }

  private int entry(byte[] line) {
    return switch (reader.read(Container.MAIN, 1, line)) {
      case LineReader.Line.Intact(Entry entry) when belongs(entry) -> add(entry);
      case LineReader.Line.Intact _, LineReader.Line.Damaged _ -> NO_ENTRY;
    };
  }

  private boolean belongs(Entry entry) {
    return entry.id().equals(genesis) || genesis.equals(entry.body().common().ledger());
  }

  private int add(Entry entry) {
    int number = numberOf(entry.id());
    List<Integer> parents = entry.body().common().parents().stream().map(this::numberOf).toList();
    PullRequestRef pr = entry.body().pullRequest();
    entries.set(number, new Known(entry.id(), parents, pr == null ? null : pr.number()));
    return number;
  }

  /** Also for entries that were only named as parents so far. */
  private int numberOf(String id) {
    return entryOfId.computeIfAbsent(
        id,
        _ -> {
          entries.add(new Known(id, List.of(), null));
          return entries.size() - 1;
        });
  }

  /** Number of the entry that a line is, or {@link #NO_ENTRY}. */
  int entryOf(int line) {
    return lines.get(line).entry();
  }

  /** Hash of a line as a leaf of RFC 6962's tree. */
  Bytes leaf(int line) {
    return lines.get(line).leaf();
  }

  /** Number of the entry with that id, or {@link #NO_ENTRY}. */
  int find(String id) {
    return entryOfId.getOrDefault(id, NO_ENTRY);
  }

  String id(int entry) {
    return entries.get(entry).id();
  }

  List<Integer> parents(int entry) {
    return entries.get(entry).parents();
  }

  @Nullable Integer pullRequest(int entry) {
    return entries.get(entry).pullRequest();
  }

  /** Lines of a file that follow each other, as {@link #number} takes them. */
  interface LineSink {
    void line(byte[] line, boolean ended);
  }

  /** Splits at LF. */
  static void split(byte[] bytes, LineSink sink) {
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        sink.line(Arrays.copyOfRange(bytes, start, i), true);
        start = i + 1;
      }
    }
    if (start < bytes.length) {
      sink.line(Arrays.copyOfRange(bytes, start, bytes.length), false);
    }
  }
}
