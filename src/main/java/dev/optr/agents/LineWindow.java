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
  private long carriageReturns;
  private int previous = '\n';

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
   */
  record Row(long number, String content, boolean cut) {}

  /** Takes the next bytes of the file; nothing more may follow where they are no text. */
  void accept(byte[] bytes, int count) {
    for (int i = 0; i < count && text; i++) {
      int value = bytes[i] & 0xff;
      text = utf8.accepts(value);
      if (value == '\n') {
        carriageReturns += previous == '\r' ? 1 : 0;
        endLine();
      } else if (wanted()) {
        keep(value);
      }
      previous = value;
    }
  }

  /** Says that the file ends here. */
  void end() {
    text &= utf8.isWhole();
    if (previous != '\n') {
      endLine();
    }
  }

  private boolean wanted() {
    return !full && ended + 1 >= first && ended < last;
  }

  private void keep(int value) {
    if (line.size() < budget - used - overhead()) {
      line.write(value);
      return;
    }
    if (rows.isEmpty()) {
      rows.add(new Row(ended + 1, beginning(), true));
    }
    full = true;
  }

  private void endLine() {
    if (wanted() && used + overhead() <= budget) {
      rows.add(new Row(ended + 1, line.toString(StandardCharsets.UTF_8), false));
      used += overhead() + line.size();
    } else if (wanted()) {
      full = true;
    }
    ended++;
    line.reset();
  }

  /** Bytes of an answer's line that are not the file's: its number, a tab, its end. */
  private int overhead() {
    int digits = 1;
    for (long rest = ended + 1; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits + 2;
  }

  /** What was kept of the current line, without a character that was cut in two. */
  private String beginning() {
    byte[] bytes = line.toByteArray();
    int end = bytes.length;
    int start = end - 1;
    while (start > 0 && (bytes[start] & 0xc0) == 0x80) {
      start--;
    }
    int lead = bytes[start] & 0xff;
    int width = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    return new String(bytes, 0, start + width <= end ? end : start, StandardCharsets.UTF_8);
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

  /** Lines so far; all of the file where it has ended. */
  long lines() {
    return ended;
  }

  /** Whether the last byte so far ends a line; true before the first. */
  boolean endsWithLineEnd() {
    return previous == '\n';
  }

  /** How many of the lines so far end with CR LF. */
  long carriageReturns() {
    return carriageReturns;
  }
}
