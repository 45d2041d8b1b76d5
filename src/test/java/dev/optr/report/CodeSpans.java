package dev.optr.report;

/** Code spans of one line (CommonMark, section 6.1). */
final class CodeSpans {
  private CodeSpans() {}

  /** The line with one word instead of every code span. */
  static String replaced(String line) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < line.length()) {
      int open = run(line, at);
      int close = open == 0 ? -1 : closing(line, at + open, open);
      if (close < 0) {
        out.append(line, at, at + Math.max(1, open));
        at += Math.max(1, open);
      } else {
        out.append("CODE");
        at = close + open;
      }
    }
    return out.toString();
  }

  private static int closing(String line, int from, int length) {
    int at = from;
    while (at < line.length()) {
      int run = run(line, at);
      if (run == length) {
        return at;
      }
      at += Math.max(1, run);
    }
    return -1;
  }

  private static int run(String line, int from) {
    int end = from;
    while (end < line.length() && line.charAt(end) == '`') {
      end++;
    }
    return end - from;
  }
}
