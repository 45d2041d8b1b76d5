package dev.optr.ledger;

import dev.optr.base.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The lines of all containers. */
final class LedgerLines {
  private final List<Container> containers;
  private final EntryTable table;
  private final Set<String> damaged;

  LedgerLines(List<Container> containers, EntryTable table, Set<String> damaged) {
    this.containers = List.copyOf(containers);
    this.table = table;
    this.damaged = damaged;
  }

  /** Reads all lines; reports E_SYNTAX, E_NOT_CANONICAL, E_PROFILE, E_ID and E_DUP. */
  static LedgerLines read(List<Container> containers, Findings findings) {
    return read(containers, findings, Scanning.standard());
  }

  /** See {@link #read(List, Findings)}. */
  static LedgerLines read(List<Container> containers, Findings findings, Scanning scanning) {
    List<Container> inOrder = Container.inOrder(containers);
    LineCollector collector = new LineCollector(inOrder, findings);
    new InOrder(scanning.workers()).forEach(scanning.tasks(inOrder), collector::add);
    return collector.lines();
  }

  /** Every intact line once in each container, in container order. */
  EntryTable table() {
    return table;
  }

  /** Ids that damaged lines claim: those entries are broken, not missing. */
  Set<String> damaged() {
    return damaged;
  }

  /** All of them read again, for those who need the whole of each. */
  List<Entry> entries() {
    LineWindow window = new LineWindow(this);
    return IntStream.range(0, table.size()).mapToObj(window::entry).toList();
  }

  /** The line in a row, read again. */
  Entry entry(int row) {
    return LineWindow.entry(
        container(row), table.offset(row), table.length(row), table.lineNumber(row));
  }

  /** A shard can be read by itself until the main file has the genesis. */
  boolean needsGenesis(String path, Entry genesis) {
    return IntStream.range(0, table.size())
        .filter(row -> table.type(row) == EntryType.GENESIS)
        .filter(row -> table.id(row).equals(genesis.id()))
        .mapToObj(row -> container(row).path())
        .noneMatch(holder -> holder.equals(path) || holder.equals(Container.MAIN));
  }

  Container container(int row) {
    return containers.get(table.container(row));
  }

  /** Splits at LF. */
  static List<Bytes> linesOf(Bytes file) {
    List<Bytes> lines = new ArrayList<>();
    LineTable.split(file.toArray(), (line, _) -> lines.add(Bytes.of(line)));
    return lines;
  }
}
