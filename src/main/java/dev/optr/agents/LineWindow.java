package dev.optr.agents;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the bytes of a file as they come and keeps some of its lines, holding no more than it may
 * show. Lines end with LF; the last one may lack it.
 */
final class LineWindow {
  private final long first;
  private final long last;
  private final int budget;

  private final Utf8Check utf8 = new Utf8Check();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final List<Row> rows = new ArrayList<>();
  private boolean text = true;
  private boolean full;
  private int used;
  private long ended;
  private long length;
  private long carriageReturns;
  private int previous;

  /**
   * @param first line, from 1
   * @param last line
   * @param budget the most bytes to keep, line numbers included
   */
  LineWindow(long first, long last, int budget) {
    this.first = first;
    this.last = last;
    this.budget = budget;
  }

  /**
   * @param number of the line, from 1
   * @param content without its line end; only its beginning where it is cut
   * @param length of the whole line in bytes, without its line end
   */
  record Row(long number, String content, long length, boolean cut) {}

  /** Takes the next bytes of the file; nothing more may follow where they are no text. */
  void accept(byte[] bytes, int count) {
    for (int i = 0; i < count && text; i++) {
      int value = bytes[i] & 0xff;
      text = utf8.accepts(value);
      if (value == '\n') {
        carriageReturns += previous == '\r' ? 1 : 0;
        endLine();
      } else {
        length++;
        if (wanted() && line.size() <= budget) {
          line.write(value);
        }
      }
      previous = value;
    }
  }

  /** Says that the file ends here. */
  void end() {
    text &= utf8.isWhole();
    if (length > 0) {
      endLine();
    }
  }

  private boolean wanted() {
    long number = ended + 1;
    return !full && first <= number && number <= last;
  }

  private void endLine() {
    if (wanted()) {
      keep(ended + 1);
    }
    ended++;
    line.reset();
    length = 0;
  }

  private void keep(long number) {
    int prefix = Long.toString(number).length() + 2;
    boolean fits = used + prefix + length <= budget;
    if (fits) {
      rows.add(new Row(number, line.toString(StandardCharsets.UTF_8), length, false));
      used += prefix + (int) length;
    } else if (rows.isEmpty()) {
      rows.add(new Row(number, beginning(budget - prefix), length, true));
    }
    full = !fits;
  }

  private String beginning(int most) {
    byte[] bytes = line.toByteArray();
    int end = most;
    while (end > 0 && (bytes[end] & 0xc0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  /** False as soon as the bytes are no UTF-8, or hold a zero. */
  boolean isText() {
    return text;
  }

  /** Nothing that follows can be kept. */
  boolean isDone() {
    return full || ended >= last;
  }

  List<Row> rows() {
    return rows;
  }

  /** Lines were left out at the end, or one was cut, because the budget was used up. */
  boolean isFull() {
    return full;
  }

  /** Lines so far; all of the file where it has ended. */
  long lines() {
    return ended;
  }

  /** Whether the last byte so far ends a line. */
  boolean endsWithLineEnd() {
    return previous == '\n';
  }

  /** How many of the lines so far end with CR LF. */
  long carriageReturns() {
    return carriageReturns;
  }
}
