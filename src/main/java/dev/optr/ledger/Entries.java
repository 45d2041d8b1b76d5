package dev.optr.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Entries of a ledger, each once, parents before children. They are not held in memory: each is
 * read from its container when it is asked for, so these must still be there.
 */
public final class Entries implements Iterable<Entry> {
  private final LedgerLines lines;
  private final EntryGraph graph;
  private final Set<String> left;

  private Entries(LedgerLines lines, EntryGraph graph, Set<String> left) {
    this.lines = lines;
    this.graph = graph;
    this.left = left;
  }

  static Entries of(LedgerLines lines, EntryGraph graph, Set<String> without) {
    return new Entries(lines, graph, Set.copyOf(without));
  }

  /** All of them, in order. */
  public Stream<Entry> stream() {
    return read(_ -> true);
  }

  /** The genesis and the changes of keys alone, in order. */
  public Stream<Entry> ofKeys() {
    return read(row -> lines.table().type(row).isByRoot());
  }

  /** Those that carry more or other things than one signature by a key, in order. */
  Stream<Entry> ofMixedSignatures() {
    return read(row -> lines.table().key(row) == Rows.MIXED);
  }

  /** How many there are of each type, by its name; reads none of them. */
  public SortedMap<String, Integer> countsByType() {
    int[] byCode = new int[EntryType.values().length];
    rows().forEach(row -> byCode[lines.table().type(row).code()]++);
    SortedMap<String, Integer> counts = new TreeMap<>();
    for (EntryType type : EntryType.values()) {
      if (byCode[type.code()] > 0) {
        counts.put(type.text(), byCode[type.code()]);
      }
    }
    return counts;
  }

  /** Fingerprints of what runs did, sorted. */
  long[] acts() {
    return graph
        .rows()
        .filter(row -> !lines.table().type(row).isByRoot())
        .mapToLong(lines.table()::act)
        .sorted()
        .toArray();
  }

  /** Those that an act made: at most one of a ledger without findings. */
  Stream<Entry> ofAct(Act act) {
    long fingerprint = act.fingerprint();
    EntryTable table = lines.table();
    return read(row -> !table.type(row).isByRoot() && table.act(row) == fingerprint)
        .filter(entry -> Act.of(entry.body()).filter(act::equals).isPresent());
  }

  /** Those whose line has a text of ASCII characters in it; the others are not parsed. */
  public Stream<Entry> mentioning(String text) {
    byte[] wanted = text.getBytes(US_ASCII);
    LineWindow window = new LineWindow(lines);
    return read(row -> window.holds(row, wanted));
  }

  private Stream<Entry> read(IntPredicate wanted) {
    LineWindow window = new LineWindow(lines);
    return rows().filter(wanted).mapToObj(window::entry);
  }

  private IntStream rows() {
    IntStream rows = graph.rows();
    return left.isEmpty() ? rows : rows.filter(row -> !left.contains(lines.table().id(row)));
  }

  @Override
  public Iterator<Entry> iterator() {
    return stream().iterator();
  }

  /** The entry with that id, where it is among them. */
  public Optional<Entry> find(String id) {
    return graph.find(id).stream()
        .filter(_ -> !left.contains(id))
        .mapToObj(lines::entry)
        .findFirst();
  }

  /** What entries that come later need to know of these, about which nothing was found. */
  Optional<LedgerCheckpoint> checkpoint(List<LedgerCheckpoint.Prefix> prefixes) {
    return CheckpointMaker.checkpoint(this, lines, graph, keyHistory(), prefixes);
  }

  /** Which run keys count for which of them. */
  RunKeys runKeys() {
    boolean signed =
        ofKeys()
            .anyMatch(entry -> entry.body() instanceof Body.Genesis genesis && genesis.isSigned());
    return new RunKeys(graph, keyHistory(), signed);
  }

  private KeyHistory keyHistory() {
    Set<String> trusted =
        ofKeys()
            .filter(entry -> entry.body() instanceof Body.Key)
            .map(Entry::id)
            .collect(Collectors.toUnmodifiableSet());
    return KeyHistory.of(lines, graph, trusted);
  }

  Entries without(Set<String> ids) {
    Set<String> all = new HashSet<>(left);
    all.addAll(ids);
    return new Entries(lines, graph, Set.copyOf(all));
  }
}
