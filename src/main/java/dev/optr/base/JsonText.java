package dev.optr.base;

/** Quotes strings with the fewest escapes (RFC 8785, section 3.2.2.2). */
final class JsonText {
  private JsonText() {}

  static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> plain(text, i, c, out);
      }
    }
    out.append('"');
  }

  private static void plain(String text, int index, char c, StringBuilder out) {
    if (c < 0x20) {
      out.append(String.format("\\u%04x", (int) c));
      return;
    }
    boolean pairedHigh =
        Character.isHighSurrogate(c)
            && index + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(index + 1));
    boolean pairedLow =
        Character.isLowSurrogate(c)
            && index > 0
            && Character.isHighSurrogate(text.charAt(index - 1));
    if (Character.isSurrogate(c) && !pairedHigh && !pairedLow) {
      throw new IllegalArgumentException("lone surrogate at index " + index);
    }
    out.append(c);
  }
}
