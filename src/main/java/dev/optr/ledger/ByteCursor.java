package dev.optr.ledger;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads the pieces of a canonical line from bytes, without allocating anything. It steps over each
 * piece that is there and stops at the first that is not; then the position means nothing. What it
 * accepts is in the one canonical spelling, and some sound spellings it does not accept.
 *
 * <p>Behind the bytes stand {@value #PADDING} zeros: no piece holds a zero, so none reaches
 * further, and eight bytes can be read at once anywhere.
 */
final class ByteCursor {
  static final int PADDING = 64;

  private static final int SLOTS = 8;
  private static final int DIGEST_DIGITS = 64;
  private static final int GIT_DIGITS = 40;

  /** Of 2^53-1. */
  private static final int MOST_DIGITS = 16;

  private static final long EACH = 0x0101010101010101L;
  private static final long TOP_BITS = 0x8080808080808080L;
  private static final long HIGH_HALVES = 0xf0f0f0f0f0f0f0f0L;
  private static final long LOW_HALVES = 0x0f0f0f0f0f0f0f0fL;

  private final byte[] bytes;
  private final ByteBuffer words;
  private final int[] from = new int[SLOTS];
  private final int[] to = new int[SLOTS];
  private final long[] numbers = new long[SLOTS];
  private final long[] digests = new long[SLOTS * EntryId.WORDS];
  private int at;

  /**
   * @param bytes whatever is in them when a piece is read
   */
  ByteCursor(byte[] bytes) {
    this.bytes = bytes;
    this.words = ByteBuffer.wrap(bytes);
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

  /** Steps over the pieces if all are there, and keeps their values. */
  boolean read(Pieces pieces) {
    for (int i = 0; i < pieces.kinds.length; i++) {
      int slot = pieces.slots[i];
      boolean isThere =
          switch (pieces.kinds[i]) {
            case LITERAL -> skip(pieces.texts[i], pieces.words[i]);
            case TEXT -> text(slot);
            case DIGEST -> digest(EntryId.WORDS * slot);
            case GIT_ID -> gitId(slot);
            case INTEGER -> integer(slot, pieces.smallest[i], pieces.largest[i]);
            case TIME -> time(slot);
          };
      if (!isThere) {
        return false;
      }
    }
    return true;
  }

  /** The same from here, or nothing: the position stays where it was. */
  boolean readOrStay(Pieces pieces) {
    int start = at;
    boolean isThere = read(pieces);
    at = isThere ? at : start;
    return isThere;
  }

  /** Where a text or git id begins that was read. */
  int from(int slot) {
    return from[slot];
  }

  /** The position behind it. */
  int to(int slot) {
    return to[slot];
  }

  /** An integer, or the seconds since 1970 of a time. */
  long number(int slot) {
    return numbers[slot];
  }

  /** Copies the four words of a digest. */
  void digest(int slot, long[] target, int index) {
    System.arraycopy(digests, EntryId.WORDS * slot, target, index, EntryId.WORDS);
  }

  private boolean skip(byte[] text, long[] wholeWords) {
    for (int i = 0; i < wholeWords.length; i++) {
      if (words.getLong(at + Long.BYTES * i) != wholeWords[i]) {
        return false;
      }
    }
    for (int i = Long.BYTES * wholeWords.length; i < text.length; i++) {
      if (bytes[at + i] != text[i]) {
        return false;
      }
    }
    at += text.length;
    return true;
  }

  private boolean digest(int index) {
    for (int i = 0; i < EntryId.WORDS; i++) {
      long high = hexDigits(words.getLong(at + 16 * i));
      long low = hexDigits(words.getLong(at + 16 * i + 8));
      if ((high | low) < 0) {
        return false;
      }
      digests[index + i] = high << 32 | low;
    }
    at += DIGEST_DIGITS;
    return true;
  }

  private boolean gitId(int slot) {
    int start = at;
    int digits = bytes[start + GIT_DIGITS] == '"' ? GIT_DIGITS : DIGEST_DIGITS;
    for (int i = 0; i < digits; i += Long.BYTES) {
      if (hexDigits(words.getLong(start + i)) < 0) {
        return false;
      }
    }
    at = start + digits;
    from[slot] = start;
    to[slot] = at;
    return true;
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

  private boolean text(int slot) {
    int position = at;
    while (true) {
      while (isPlain(words.getLong(position))) {
        position += Long.BYTES;
      }
      int next = bytes[position];
      if (next == '"') {
        from[slot] = at;
        to[slot] = position;
        boolean isText = position > at;
        at = position;
        return isText;
      }
      int length = characterLength(position, next);
      if (length == 0) {
        return false;
      }
      position += length;
    }
  }

  /** True where a part is of ASCII, whose order is the same in every encoding. */
  boolean isAscii(int start, int end) {
    for (int i = start; i < end; i++) {
      if (bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  /** True for a part without empty, {@code .} or {@code ..} segments. */
  boolean isPlainPath(int start, int end) {
    int segment = start;
    for (int i = start; i <= end; i++) {
      if (i < end && bytes[i] != '/') {
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
    return first < 0 ? Utf8.length(bytes, position) : 0;
  }

  private boolean integer(int slot, long smallest, long largest) {
    int start = at;
    int position = at;
    long value = 0;
    for (int digit = bytes[position] - '0'; digit >= 0 && digit <= 9; ) {
      if (position - start == MOST_DIGITS) {
        return false;
      }
      value = 10 * value + digit;
      digit = bytes[++position] - '0';
    }
    at = position;
    numbers[slot] = value;
    int length = position - start;
    boolean canonical = length == 1 || (length > 1 && bytes[start] != '0');
    return canonical && value >= smallest && value <= largest;
  }

  private boolean time(int slot) {
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
            && bytes[at + 19] == 'Z';
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
    long days = Calendar.daysBefore(year, month, day);
    numbers[slot] = days * 86_400 + hour * 3600L + minute * 60L + second;
    at += 20;
    return true;
  }

  /** Negative where they are no digits. */
  private int twoDigits(int offset) {
    int tens = bytes[at + offset] - '0';
    int ones = bytes[at + offset + 1] - '0';
    return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : -10_000;
  }

  /** True where the bytes of two parts are the same. */
  boolean isSame(int start, int end, int otherStart, int otherEnd) {
    return Arrays.equals(bytes, start, end, bytes, otherStart, otherEnd);
  }

  /** Compares two parts as sequences of unsigned bytes. */
  int compare(int start, int end, int otherStart, int otherEnd) {
    return Arrays.compareUnsigned(bytes, start, end, bytes, otherStart, otherEnd);
  }
}
