package dev.optr.ledger;

import dev.optr.base.Bytes;
import dev.optr.base.UserException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The lines of one ledger file in its order, all of them intact and of one ledger. Whoever writes a
 * file anew reads the old one so: what cannot be understood is never carried along, nor dropped.
 */
final class ContainerLines {
  /** By height, then id: the order in which lines join a file that has not got them. */
  static final Comparator<Entry> CANONICAL =
      Comparator.comparingLong((Entry entry) -> entry.body().common().height())
          .thenComparing(Entry::id);

  private final String name;
  private final Bytes bytes;
  private final Map<String, Entry> byId;

  private ContainerLines(String name, Bytes bytes, Map<String, Entry> byId) {
    this.name = name;
    this.bytes = bytes;
    this.byId = byId;
  }

  /**
   * @param name of the file, for messages
   * @throws UserException where any line is damaged, there twice, or behind its child
   */
  static ContainerLines read(String name, Bytes bytes) {
    byte[] raw = bytes.toArray();
    if (raw.length > 0 && raw[raw.length - 1] != '\n') {
      throw new UserException(name + ": the last line does not end with LF, so it was cut");
    }
    LineReader reader = new LineReader();
    Map<String, Entry> byId = new LinkedHashMap<>();
    Map<String, Integer> awaited = new LinkedHashMap<>();
    for (Bytes line : LedgerLines.linesOf(bytes)) {
      int number = byId.size() + 1;
      Entry entry = intact(name, number, reader.read(name, number, line.toArray()));
      if (byId.putIfAbsent(entry.id(), entry) != null) {
        throw damaged(name, number, Code.E_DUP, "the entry stands twice in the file");
      }
      if (awaited.containsKey(entry.id())) {
        throw damaged(name, number, Code.E_ORDER, "a child of the entry stands before it");
      }
      entry.body().common().parents().stream()
          .filter(parent -> !byId.containsKey(parent))
          .forEach(parent -> awaited.put(parent, number));
    }
    ContainerLines lines = new ContainerLines(name, bytes, byId);
    lines.requireOneLedger();
    return lines;
  }

  private static Entry intact(String name, int number, LineReader.Line line) {
    return switch (line) {
      case LineReader.Line.Intact(Entry entry) -> entry;
      case LineReader.Line.Damaged(_, List<LineReader.Problem> problems) ->
          throw damaged(name, number, problems.getFirst().code(), problems.getFirst().message());
    };
  }

  private static UserException damaged(String name, int line, Code code, String what) {
    return new UserException("%s:%d: %s: %s".formatted(name, line, code.name(), what));
  }

  private void requireOneLedger() {
    for (Entry entry : byId.values()) {
      if (!ledgerOf(entry).equals(ledger().orElseThrow())) {
        throw damaged(
            name,
            entry.lineNumber(),
            Code.E_FOREIGN,
            "the entry is of another ledger than the lines before it");
      }
    }
  }

  /** Id of the genesis that all lines belong to; empty where there are none. */
  Optional<String> ledger() {
    return byId.values().stream().findFirst().map(ContainerLines::ledgerOf);
  }

  static String ledgerOf(Entry entry) {
    return Optional.ofNullable(entry.body().common().ledger()).orElse(entry.id());
  }

  List<Entry> entries() {
    return List.copyOf(byId.values());
  }

  boolean isEmpty() {
    return byId.isEmpty();
  }

  Optional<Entry> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  String name() {
    return name;
  }

  /**
   * The file byte for byte, then what it has not got in canonical order.
   *
   * @throws UserException where an entry is in both with other bytes, or is of another ledger
   */
  Bytes with(List<ContainerLines> others) {
    Map<String, Entry> more = new LinkedHashMap<>();
    for (ContainerLines other : others) {
      requireSameLedger(other);
      for (Entry entry : other.entries()) {
        Entry known = find(entry.id()).orElseGet(() -> more.getOrDefault(entry.id(), entry));
        if (!known.line().equals(entry.line())) {
          throw new UserException(
              "%s:%d: entry '%s' has other bytes than in %s:%d (other signatures); nobody can say which line counts"
                  .formatted(
                      other.name,
                      entry.lineNumber(),
                      entry.id(),
                      known.container(),
                      known.lineNumber()));
        }
        if (find(entry.id()).isEmpty()) {
          more.put(entry.id(), entry);
        }
      }
    }
    List<Entry> sorted = new ArrayList<>(more.values());
    sorted.sort(CANONICAL);
    return joined(bytes, sorted);
  }

  private void requireSameLedger(ContainerLines other) {
    if (!isEmpty() && !other.isEmpty() && !ledger().equals(other.ledger())) {
      throw new UserException(
          "%s is of ledger '%s' and %s of '%s'; two ledgers cannot be one"
              .formatted(name, ledger().orElse(""), other.name, other.ledger().orElse("")));
    }
  }

  /** Whole lines behind a file. */
  static Bytes joined(Bytes file, List<Entry> entries) {
    return new LedgerFiles(List.of(new Container("", file)))
        .with("", entries.stream().map(Entry::line).toList())
        .at("")
        .orElseThrow()
        .bytes();
  }
}
