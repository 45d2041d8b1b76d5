package dev.optr.intent;

/**
 * Takes HTML comments out of a text. One that is never closed reaches to the end. Openers that
 * arise where a comment was taken out ({@code <!-<!-- -->-}) are found too: the opener is looked
 * for in what is kept.
 */
final class HtmlComments {
  private static final String OPEN = "<!--";
  private static final String CLOSE = "-->";

  private HtmlComments() {}

  record Stripped(String text, int count) {}

  static Stripped strip(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    int count = 0;
    int at = 0;
    while (at < text.length()) {
      kept.append(text.charAt(at++));
      if (endsWithOpener(kept)) {
        kept.setLength(kept.length() - OPEN.length());
        at = end(text, at);
        count++;
      }
    }
    return new Stripped(kept.toString(), count);
  }

  private static boolean endsWithOpener(StringBuilder kept) {
    int start = kept.length() - OPEN.length();
    return start >= 0 && kept.indexOf(OPEN, start) == start;
  }

  // CommonMark 0.31, section 6.6: <!--> and <!---> are whole comments.
  private static int end(String text, int at) {
    if (text.startsWith(">", at)) {
      return at + 1;
    }
    if (text.startsWith("->", at)) {
      return at + 2;
    }
    int close = text.indexOf(CLOSE, at);
    return close < 0 ? text.length() : close + CLOSE.length();
  }
}
