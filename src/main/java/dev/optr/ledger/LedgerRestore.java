package dev.optr.ledger;

import dev.optr.base.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes back the lines that history has and the tip lacks. Lines of the tip keep their order and
 * their bytes; damaged ones, which no verifier can take, go.
 */
public final class LedgerRestore {
  private final String genesis;
  private final Map<String, Entry> missing = new LinkedHashMap<>();
  private final Set<String> present;
  private final List<Container> tip;

  /**
   * @param tip ledger files of the commit to restore
   * @param genesis id of the one that counts; lines of other ledgers are no concern here
   */
  public LedgerRestore(List<Container> tip, String genesis) {
    this.tip = List.copyOf(tip);
    this.genesis = genesis;
    this.present =
        tip.stream()
            .flatMap(container -> own(container).stream())
            .map(Entry::id)
            .collect(Collectors.toSet());
  }

  /** Tells it the ledger files of one commit of the tip's history, in any order. */
  public void remember(List<Container> earlier) {
    for (Container container : earlier) {
      for (Entry entry : own(container)) {
        if (!present.contains(entry.id())) {
          missing.putIfAbsent(entry.id(), entry);
        }
      }
    }
  }

  /** Ids of the entries that come back, parents before children. */
  public List<String> missing() {
    return missing.values().stream().sorted(ContainerLines.CANONICAL).map(Entry::id).toList();
  }

  /** The files that change, whole. */
  public List<Container> restored() {
    Map<String, List<Entry>> byPath = new LinkedHashMap<>();
    missing.values().stream()
        .sorted(ContainerLines.CANONICAL)
        .forEach(
            entry -> byPath.computeIfAbsent(entry.container(), _ -> new ArrayList<>()).add(entry));
    LedgerFiles files = new LedgerFiles(tip);
    // A damaged line keeps the ledger broken wherever it stands.
    tip.stream()
        .filter(container -> !joined(intact(container)).equals(container.bytes()))
        .forEach(container -> byPath.putIfAbsent(container.path(), List.of()));
    List<Container> restored = new ArrayList<>();
    byPath.forEach(
        (path, entries) -> {
          List<Entry> lines =
              files
                  .at(path)
                  .map(LedgerRestore::intact)
                  .map(ArrayList::new)
                  .orElseGet(ArrayList::new);
          entries.forEach(entry -> insert(lines, entry));
          restored.add(new Container(path, joined(lines)));
        });
    return List.copyOf(restored);
  }

  /** In front of its first child; at the end where it has none there. */
  private static void insert(List<Entry> lines, Entry entry) {
    int place = 0;
    while (place < lines.size() && !isChild(lines.get(place), entry)) {
      place++;
    }
    lines.add(place, entry);
  }

  private static boolean isChild(Entry one, Entry parent) {
    return one.body().common().parents().contains(parent.id());
  }

  private List<Entry> own(Container container) {
    return intact(container).stream()
        .filter(entry -> ContainerLines.ledgerOf(entry).equals(genesis))
        .toList();
  }

  /** The intact lines, each once. */
  private static List<Entry> intact(Container container) {
    LineReader reader = new LineReader();
    Map<String, Entry> intact = new LinkedHashMap<>();
    int number = 1;
    for (Bytes line : LedgerLines.linesOf(container.bytes())) {
      entry(reader.read(container.path(), number++, line.toArray()))
          .ifPresent(entry -> intact.putIfAbsent(entry.id(), entry));
    }
    return List.copyOf(intact.values());
  }

  private static Optional<Entry> entry(LineReader.Line line) {
    return switch (line) {
      case LineReader.Line.Intact(Entry entry) -> Optional.of(entry);
      case LineReader.Line.Damaged _ -> Optional.empty();
    };
  }

  private static Bytes joined(List<Entry> lines) {
    return ContainerLines.joined(Bytes.of(new byte[0]), lines);
  }
}
