package dev.optr.git;

/** Names as git quotes them in a patch ({@code core.quotePath} at its default). */
final class QuotedPath {
  private static final String SHORT = "\u0007a\bb\tt\nn\u000bv\ff\rr\"\"\\\\";

  private QuotedPath() {}

  /**
   * @param latin1 one character per byte
   */
  static String quote(String latin1) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < latin1.length(); i++) {
      char c = latin1.charAt(i);
      int known = shortForm(c);
      if (known >= 0) {
        out.append('\\').append(SHORT.charAt(known + 1));
      } else if (c < 0x20 || c >= 0x7f) {
        out.append(String.format("\\%03o", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }

  private static int shortForm(char c) {
    for (int i = 0; i < SHORT.length(); i += 2) {
      if (SHORT.charAt(i) == c) {
        return i;
      }
    }
    return -1;
  }
}
