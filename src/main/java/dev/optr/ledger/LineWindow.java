package dev.optr.ledger;

import dev.optr.base.ServiceException;
import java.util.Arrays;

/**
 * Reads lines again that were read before, many at once where rows are asked for in their order. A
 * file that changed since is a fault and never a finding.
 */
final class LineWindow {
  private static final int AHEAD = 128 * 1024;

  private final LedgerLines lines;
  private final byte[] buffer = new byte[AHEAD + LineReader.MOST_BYTES + 1 + ByteCursor.PADDING];
  private final LineScanner scanner = new LineScanner(buffer);
  private final LineReader reader = new LineReader();
  private int container = -1;
  private long from;
  private long to;

  LineWindow(LedgerLines lines) {
    this.lines = lines;
  }

  /** One line that was intact when it was read for the first time. */
  static Entry entry(Container container, long offset, int length, int lineNumber) {
    byte[] line = new byte[length];
    try (Content.Reading reading = container.content().open()) {
      reading.read(offset, line, 0, length);
    }
    return intact(new LineReader(), container.path(), lineNumber, line);
  }

  /** The line in a row. */
  Entry entry(int row) {
    int at = locate(row);
    EntryTable table = lines.table();
    byte[] line = Arrays.copyOfRange(buffer, at, at + table.length(row));
    String path = lines.container(row).path();
    Entry entry = intact(reader, path, table.lineNumber(row), line);
    if (!entry.id().equals(table.id(row))) {
      throw changed(path);
    }
    return entry;
  }

  /** Whether the line in a row has certain bytes in it. */
  boolean holds(int row, byte[] wanted) {
    int at = locate(row);
    int last = at + lines.table().length(row) - wanted.length;
    for (int start = at; start <= last; start++) {
      if (buffer[start] == wanted[0]
          && Arrays.equals(buffer, start, start + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }

  /** Scans the line in a row; false where it has to be read. */
  boolean scan(int row) {
    return scanner.scan(locate(row));
  }

  /** See {@link LineScanner#found()}; its positions are those of {@link #bytes()}. */
  ScannedLine found() {
    return scanner.found();
  }

  byte[] bytes() {
    return buffer;
  }

  private int locate(int row) {
    EntryTable table = lines.table();
    long start = table.offset(row);
    long end = start + table.length(row) + 1;
    if (container != table.container(row) || start < from || end > to) {
      fill(lines.container(row).content(), start, end);
      container = table.container(row);
    }
    return (int) (start - from);
  }

  private void fill(Content content, long start, long end) {
    from = start;
    to = Math.min(content.size(), end + AHEAD);
    int length = (int) (to - from);
    try (Content.Reading reading = content.open()) {
      reading.read(from, buffer, 0, length);
    }
    Arrays.fill(buffer, length, length + ByteCursor.PADDING, (byte) 0);
  }

  private static Entry intact(LineReader reader, String path, int lineNumber, byte[] line) {
    return switch (reader.read(path, lineNumber, line)) {
      case LineReader.Line.Intact(Entry entry) -> entry;
      case LineReader.Line.Damaged _ -> throw changed(path);
    };
  }

  private static ServiceException changed(String path) {
    return ServiceException.lasting(path + " changed while it was verified");
  }
}
