package dev.optr.git;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lines of two files, numbered so that equal lines have equal numbers; no line end is lost. */
final class LineText {
  private final byte[] bytes;
  private final List<int[]> ranges = new ArrayList<>();

  LineText(byte[] bytes) {
    this.bytes = bytes;
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        ranges.add(new int[] {start, i + 1});
        start = i + 1;
      }
    }
    if (start < bytes.length) {
      ranges.add(new int[] {start, bytes.length});
    }
  }

  int size() {
    return ranges.size();
  }

  /** Bytes of one line with its line end. */
  int length(int line) {
    return ranges.get(line)[1] - ranges.get(line)[0];
  }

  /** Numbers for the lines, taken from and added to a table shared by both files. */
  int[] numbers(Map<ByteBuffer, Integer> table) {
    int[] numbers = new int[ranges.size()];
    for (int line = 0; line < numbers.length; line++) {
      ByteBuffer key = ByteBuffer.wrap(bytes, ranges.get(line)[0], length(line));
      Integer next = table.size();
      Integer known = table.putIfAbsent(key, next);
      numbers[line] = known == null ? next : known;
    }
    return numbers;
  }

  static Map<ByteBuffer, Integer> table() {
    return new HashMap<>();
  }

  /** Writes lines as they are; the end is exclusive. */
  void write(int from, int to, ByteArrayOutputStream out) {
    if (from < to) {
      int start = ranges.get(from)[0];
      out.write(bytes, start, ranges.get(to - 1)[1] - start);
    }
  }

  /** Writes a line of a unified diff. */
  void write(char mark, int line, ByteArrayOutputStream out) {
    out.write(mark);
    out.write(bytes, ranges.get(line)[0], length(line));
    if (bytes[ranges.get(line)[1] - 1] != '\n') {
      out.writeBytes(
          "\n\\ No newline at end of file\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
  }
}
