package dev.optr.bundle;

/** Foreign text in a message: short, in one line of printable ASCII. */
final class Shown {
  private static final int LONGEST = 80;
  private static final int LONGEST_MESSAGE = 1000;

  private Shown() {}

  static String of(String text) {
    return "'" + clipped(text, LONGEST) + "'";
  }

  /** A message that may quote foreign text, without quotes of its own. */
  static String message(String message) {
    return clipped(message, LONGEST_MESSAGE);
  }

  private static String clipped(String text, int most) {
    StringBuilder out = new StringBuilder();
    text.codePoints().limit(most).forEach(point -> append(point, out));
    return text.codePointCount(0, text.length()) > most ? out + "..." : out.toString();
  }

  private static void append(int point, StringBuilder out) {
    if (point >= ' ' && point <= '~') {
      out.append((char) point);
    } else {
      out.append(String.format("\\u{%x}", point));
    }
  }
}
