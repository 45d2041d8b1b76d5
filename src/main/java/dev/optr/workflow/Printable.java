package dev.optr.workflow;

/** Foreign text in a message: short, and without anything that could start a line of its own. */
final class Printable {
  private static final int LONGEST = 60;

  private Printable() {}

  static String quoted(String text) {
    return "'" + clipped(text) + "'";
  }

  static String clipped(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints().limit(LONGEST).forEach(codePoint -> append(codePoint, out));
    return text.codePointCount(0, text.length()) > LONGEST ? out + "..." : out.toString();
  }

  private static void append(int codePoint, StringBuilder out) {
    switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          out.append(String.format("\\u{%x}", codePoint));
      default -> out.appendCodePoint(codePoint);
    }
  }
}
