package dev.optr.bundle;

/** Foreign text in a message: short, quoted, in one line of printable ASCII. */
final class Shown {
  private static final int LONGEST = 80;

  private Shown() {}

  static String of(String text) {
    StringBuilder out = new StringBuilder("'");
    text.codePoints().limit(LONGEST).forEach(point -> append(point, out));
    if (text.codePointCount(0, text.length()) > LONGEST) {
      out.append("...");
    }
    return out.append('\'').toString();
  }

  private static void append(int point, StringBuilder out) {
    if (point >= ' ' && point <= '~') {
      out.append((char) point);
    } else {
      out.append(String.format("\\u{%x}", point));
    }
  }
}
