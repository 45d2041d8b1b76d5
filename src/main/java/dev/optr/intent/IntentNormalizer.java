package dev.optr.intent;

import java.text.Normalizer;

/**
 * Makes of a text what a reader sees of it, so that agents are not told what people are not: line
 * ends are LF; invisible characters, bidirectional controls and HTML comments are removed and
 * counted; what remains is in Unicode's normalisation form C, without white space around it.
 * Normalising twice changes nothing more.
 */
final class IntentNormalizer {
  private IntentNormalizer() {}

  /** The text and what was removed from it. */
  record Normalized(String text, int htmlComments, int invisible, int bidi) {}

  static Normalized normalize(String raw) {
    StringBuilder seen = new StringBuilder(raw.length());
    int invisible = 0;
    int bidi = 0;
    String lines = raw.replace("\r\n", "\n").replace('\r', '\n');
    for (int i = 0; i < lines.length(); ) {
      int codePoint = lines.codePointAt(i);
      i += Character.charCount(codePoint);
      if (Invisible.isBidi(codePoint)) {
        bidi++;
      } else if (Invisible.isInvisible(codePoint)) {
        invisible++;
      } else {
        seen.appendCodePoint(isLineEnd(codePoint) ? '\n' : codePoint);
      }
    }
    HtmlComments.Stripped stripped = HtmlComments.strip(seen.toString());
    String text = Normalizer.normalize(stripped.text(), Normalizer.Form.NFC).strip();
    return new Normalized(text, stripped.count(), invisible, bidi);
  }

  private static boolean isLineEnd(int codePoint) {
    return codePoint == 0x2028 || codePoint == 0x2029;
  }
}
