package dev.optr.agents;

/** Follows bytes one by one and tells whether they are text: UTF-8 (RFC 3629) without a zero. */
final class Utf8Check {
  private int missing;
  private int lowest;
  private int highest;

  /** True where the bytes are whole UTF-8 text. */
  static boolean isText(byte[] bytes) {
    Utf8Check check = new Utf8Check();
    for (byte b : bytes) {
      // Nearly all bytes of nearly all files are ASCII.
      if ((b <= 0 || check.missing > 0) && !check.accepts(b & 0xff)) {
        return false;
      }
    }
    return check.isWhole();
  }

  /** False where no text goes on with this byte; nothing may be asked after that. */
  boolean accepts(int value) {
    if (missing > 0) {
      boolean fits = lowest <= value && value <= highest;
      lowest = 0x80;
      highest = 0xbf;
      missing--;
      return fits;
    }
    if (value < 0x80) {
      return value != 0;
    }
    missing = value < 0xe0 ? 1 : value < 0xf0 ? 2 : 3;
    // Neither overlong forms, nor surrogates, nor anything beyond U+10FFFF.
    lowest = value == 0xe0 ? 0xa0 : value == 0xf0 ? 0x90 : 0x80;
    highest = value == 0xed ? 0x9f : value == 0xf4 ? 0x8f : 0xbf;
    return 0xc2 <= value && value <= 0xf4;
  }

  /** True between two characters. */
  boolean isWhole() {
    return missing == 0;
  }
}
