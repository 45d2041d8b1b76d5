package dev.optr.ledger;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Joins what the workers found, stretch by stretch in container order. */
final class LineCollector {
  private static final LineReader.Problem UNFINISHED =
      new LineReader.Problem(Code.E_SYNTAX, "the last line does not end with LF");

  private final List<Container> containers;
  private final Findings findings;
  private final EntryTable table;
  private final Set<String> damaged = new HashSet<>();

  /** Lines of the container so far. */
  private int lines;

  /** Where a line began that is too long to be read and has not ended yet, or -1. */
  private long openLine = -1;

  /** True where the last line has no LF; it may begin some stretches before the last. */
  private boolean isUnfinished;

  LineCollector(List<Container> containers, Findings findings) {
    this.containers = containers;
    this.findings = findings;
    this.table = new EntryTable(containers.stream().mapToLong(it -> it.content().size()).sum());
  }

  LedgerLines lines() {
    table.complete();
    return new LedgerLines(containers, table, damaged);
  }

  void add(Scanning.Stretch stretch) {
    Container container = containers.get(stretch.container());
    if (stretch.isFirst()) {
      table.beginContainer();
      lines = 0;
      openLine = -1;
      isUnfinished = false;
    }
    Chunk chunk = stretch.chunk();
    endOpenLine(container, chunk);
    join(container, chunk);
    lines += chunk.lines();
    if (chunk.openLine >= 0) {
      openLine = chunk.openLine;
    }
    isUnfinished |= chunk.isUnfinished;
    if (stretch.isLast() && (isUnfinished || openLine >= 0)) {
      report(container, lines, null, UNFINISHED);
    }
  }

  private void endOpenLine(Container container, Chunk chunk) {
    if (openLine >= 0 && chunk.firstLineEnd >= 0) {
      long length = chunk.firstLineEnd - openLine;
      report(container, lines, null, LineReader.tooLong(length).problems().getFirst());
      openLine = -1;
    }
  }

  /** Lines and damages stand in two lists; both are in the order of the file. */
  private void join(Container container, Chunk chunk) {
    EntryTable.Numbers numbers = table.numbers(chunk);
    int row = 0;
    for (Chunk.Damage damage : chunk.damages()) {
      while (row < chunk.rows.size() && chunk.rows.lineNumbers.get(row) < damage.line()) {
        addRow(container, chunk, row++, numbers);
      }
      for (LineReader.Problem problem : damage.problems()) {
        report(container, lines + damage.line() + 1, damage.id(), problem);
      }
      if (damage.id() != null) {
        damaged.add(damage.id());
      }
    }
    while (row < chunk.rows.size()) {
      addRow(container, chunk, row++, numbers);
    }
  }

  private void addRow(Container container, Chunk chunk, int row, EntryTable.Numbers numbers) {
    int lineNumber = lines + chunk.rows.lineNumbers.get(row) + 1;
    if (!table.add(chunk, row, lineNumber, numbers)) {
      long offset = chunk.rows.offsets.get(row);
      Entry twice = LineWindow.entry(container, offset, chunk.rows.lengths.get(row), lineNumber);
      findings.add(twice.finding(Code.E_DUP, Code.E_DUP.sentence()));
    }
  }

  private void report(
      Container container, int line, @Nullable String id, LineReader.Problem problem) {
    findings.add(
        new Finding(
            problem.code(),
            container.path(),
            line,
            id,
            Container.pullRequest(container.path()),
            null,
            problem.message()));
  }
}
