package dev.optr.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads the pieces of a canonical line from bytes, without allocating anything. Every method steps
 * over one piece and says whether it was there; after a false answer the position means nothing.
 * What it accepts is in the one canonical spelling, and some sound spellings it does not accept.
 *
 * <p>Behind the bytes stand {@value #PADDING} zeros: no piece holds a zero, so none reaches
 * further, and eight bytes can be read at once anywhere.
 */
final class ByteCursor {
  static final int PADDING = 64;

  private static final int DIGEST_DIGITS = 64;
  private static final int GIT_DIGITS = 40;
  private static final long EACH = 0x0101010101010101L;
  private static final long TOP_BITS = 0x8080808080808080L;
  private static final long HIGH_HALVES = 0xf0f0f0f0f0f0f0f0L;
  private static final long LOW_HALVES = 0x0f0f0f0f0f0f0f0fL;

  private final byte[] bytes;
  private final ByteBuffer words;
  private final long[] scratch = new long[DIGEST_DIGITS / 16];
  private int at;
  private long number;

  /**
   * @param bytes whatever is in them when a piece is read
   */
  ByteCursor(byte[] bytes) {
    this.bytes = bytes;
    this.words = ByteBuffer.wrap(bytes);
  }

  /** Text that stands in every line. */
  static final class Literal {
    private final byte[] text;
    private final long[] words;

    private Literal(byte[] text) {
      this.text = text;
      this.words = new long[text.length / 8];
      for (int i = 0; i < words.length; i++) {
        words[i] = ByteBuffer.wrap(text).getLong(8 * i);
      }
    }
  }

  static Literal literal(String text) {
    return new Literal(text.getBytes(US_ASCII));
  }

  int position() {
    return at;
  }

  void moveTo(int position) {
    at = position;
  }

  int peek() {
    return bytes[at];
  }

  boolean skip(Literal literal) {
    for (int i = 0; i < literal.words.length; i++) {
      if (words.getLong(at + 8 * i) != literal.words[i]) {
        return false;
      }
    }
    for (int i = 8 * literal.words.length; i < literal.text.length; i++) {
      if (bytes[at + i] != literal.text[i]) {
        return false;
      }
    }
    at += literal.text.length;
    return true;
  }

  boolean skip(char ascii) {
    return bytes[at++] == ascii;
  }

  /** 64 lower-case hex digits with a quote behind them. */
  boolean digest() {
    return digest(scratch, 0);
  }

  /** As {@link #digest()}; puts four words into the target. */
  boolean digest(long[] target, int index) {
    for (int i = 0; i < DIGEST_DIGITS / 16; i++) {
      long high = hexDigits(words.getLong(at + 16 * i));
      long low = hexDigits(words.getLong(at + 16 * i + 8));
      if ((high | low) < 0) {
        return false;
      }
      target[index + i] = high << 32 | low;
    }
    at += DIGEST_DIGITS;
    return skip('"');
  }

  /** 40 or 64 lower-case hex digits with a quote behind them. */
  boolean gitId() {
    int start = at;
    for (int i = 0; i < GIT_DIGITS; i += 8) {
      if (hexDigits(words.getLong(start + i)) < 0) {
        return false;
      }
    }
    at = start + GIT_DIGITS;
    if (bytes[at] == '"') {
      at++;
      return true;
    }
    at = start;
    return digest();
  }

  /** The value of eight lower-case hex digits, all looked at in one go; negative for others. */
  private static long hexDigits(long text) {
    // Digits are 0x30 to 0x39, letters 0x61 to 0x66: bit 6 tells them apart.
    long letters = (text >>> 6) & EACH;
    long value = (text & LOW_HALVES) + 9 * letters;
    long wrongRow = (text & HIGH_HALVES) ^ (0x30 * EACH + 0x30 * letters);
    // Six more carry into the upper half from ten on, which letters must and digits must not be.
    long wrongKind = ((value + 6 * EACH) & (0x10 * EACH)) ^ (letters << 4);
    if ((wrongRow | wrongKind | (value & HIGH_HALVES)) != 0) {
      return -1;
    }
    long pairs = (value | value >>> 4) & 0x00ff00ff00ff00ffL;
    long fours = (pairs | pairs >>> 8) & 0x0000ffff0000ffffL;
    return (fours | fours >>> 16) & 0xffffffffL;
  }

  /** At least one character, none of them escaped, with a quote behind them. */
  boolean text() {
    int start = at;
    int position = at;
    while (true) {
      while (isPlain(words.getLong(position))) {
        position += 8;
      }
      int next = bytes[position];
      if (next == '"') {
        at = position + 1;
        return position > start;
      }
      int length = characterLength(position, next);
      if (length == 0) {
        return false;
      }
      position += length;
    }
  }

  /** As {@link #text()}, of ASCII characters, whose order is the same in every encoding. */
  boolean asciiText() {
    int start = at;
    if (!text()) {
      return false;
    }
    for (int i = start; i < at; i++) {
      if (bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  /** True for a part without empty, {@code .} or {@code ..} segments. */
  boolean isPlainPath(int from, int to) {
    int segment = from;
    for (int i = from; i <= to; i++) {
      if (i < to && bytes[i] != '/') {
        continue;
      }
      int length = i - segment;
      boolean dots = length <= 2 && bytes[segment] == '.' && bytes[i - 1] == '.';
      if (length == 0 || dots) {
        return false;
      }
      segment = i + 1;
    }
    return true;
  }

  /** True where none of eight bytes needs a closer look; a false answer need not be right. */
  private static boolean isPlain(long text) {
    long quotes = text ^ ('"' * EACH);
    long escapes = text ^ ('\\' * EACH);
    long controls = (text - 0x20 * EACH) & ~text;
    long found = text | controls | ((quotes - EACH) & ~quotes) | ((escapes - EACH) & ~escapes);
    return (found & TOP_BITS) == 0;
  }

  /** Bytes of the character at that position; 0 where it is escaped or no sound UTF-8. */
  private int characterLength(int position, int first) {
    if (first >= 0x20) {
      return first == '\\' ? 0 : 1;
    }
    if (first >= 0) {
      return 0;
    }
    // RFC 3629, section 4: no longer form than needed, no surrogates, nothing over U+10FFFF.
    int lead = first & 0xff;
    int second = bytes[position + 1] & 0xff;
    if (lead >= 0xc2 && lead <= 0xdf) {
      return isTail(second) ? 2 : 0;
    }
    if (lead >= 0xe0 && lead <= 0xef) {
      boolean sound =
          second >= (lead == 0xe0 ? 0xa0 : 0x80) && second <= (lead == 0xed ? 0x9f : 0xbf);
      return sound && isTail(bytes[position + 2]) ? 3 : 0;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
      boolean sound =
          second >= (lead == 0xf0 ? 0x90 : 0x80) && second <= (lead == 0xf4 ? 0x8f : 0xbf);
      return sound && isTail(bytes[position + 2]) && isTail(bytes[position + 3]) ? 4 : 0;
    }
    return 0;
  }

  private static boolean isTail(int octet) {
    return (octet & 0xc0) == 0x80;
  }

  /** An integer from the smallest, which is not negative, to 2^53-1; see {@link #number()}. */
  boolean integer(long smallest) {
    return integer(smallest, Members.MAX_INTEGER);
  }

  /** See {@link #integer(long)}. */
  boolean integer(long smallest, long largest) {
    int start = at;
    long value = 0;
    while (bytes[at] >= '0' && bytes[at] <= '9') {
      if (at - start == 16) {
        return false;
      }
      value = 10 * value + (bytes[at++] - '0');
    }
    number = value;
    boolean canonical = at - start == 1 || (at > start && bytes[start] != '0');
    return canonical && value >= smallest && value <= largest;
  }

  /** What was read last by {@link #integer} or {@link #time}. */
  long number() {
    return number;
  }

  /**
   * {@code 2026-01-31T23:59:59Z} with a quote behind it, from 1970 on; gives seconds since then.
   */
  boolean time() {
    int year = 100 * twoDigits(0) + twoDigits(2);
    int month = twoDigits(5);
    int day = twoDigits(8);
    int hour = twoDigits(11);
    int minute = twoDigits(14);
    int second = twoDigits(17);
    boolean written =
        bytes[at + 4] == '-'
            && bytes[at + 7] == '-'
            && bytes[at + 10] == 'T'
            && bytes[at + 13] == ':'
            && bytes[at + 16] == ':'
            && bytes[at + 19] == 'Z'
            && bytes[at + 20] == '"';
    boolean exists =
        (year | month | day | hour | minute | second) >= 0
            && year >= 1970
            && month >= 1
            && month <= 12
            && day >= 1
            && day <= Calendar.daysOf(year, month)
            && hour < 24
            && minute < 60
            && second < 60;
    if (!written || !exists) {
      return false;
    }
    number = Calendar.daysBefore(year, month, day) * 86_400 + hour * 3600L + minute * 60L + second;
    at += 21;
    return true;
  }

  /** Negative where they are no digits. */
  private int twoDigits(int offset) {
    int tens = bytes[at + offset] - '0';
    int ones = bytes[at + offset + 1] - '0';
    return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : -10_000;
  }

  /** True where the bytes of two parts are the same. */
  boolean isSame(int from, int to, int otherFrom, int otherTo) {
    return Arrays.equals(bytes, from, to, bytes, otherFrom, otherTo);
  }

  /** Compares two parts as sequences of unsigned bytes. */
  int compare(int from, int to, int otherFrom, int otherTo) {
    return Arrays.compareUnsigned(bytes, from, to, bytes, otherFrom, otherTo);
  }
}
