package dev.optr.ledger;

import java.util.HexFormat;

/** An id as four words of 64 bits, which take a quarter of what its text takes. */
final class EntryId {
  static final int WORDS = 4;
  private static final int DIGITS = 16;

  private EntryId() {}

  /** Words of 64 hex digits. */
  static long[] words(String id) {
    long[] words = new long[WORDS];
    for (int i = 0; i < WORDS; i++) {
      words[i] = HexFormat.fromHexDigitsToLong(id, DIGITS * i, DIGITS * (i + 1));
    }
    return words;
  }

  static String text(long[] words) {
    StringBuilder text = new StringBuilder(WORDS * DIGITS);
    for (long word : words) {
      text.append(HexFormat.of().toHexDigits(word));
    }
    return text.toString();
  }

  /** True for what the text of an id looks like. */
  static boolean isId(String text) {
    return text.length() == WORDS * DIGITS
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }
}
