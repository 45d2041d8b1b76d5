package dev.optr.ledger;

/** RFC 3629, section 4: no longer form than needed, no surrogates, nothing over U+10FFFF. */
final class Utf8 {
  private Utf8() {}

  /** Bytes of the character of more than one byte at a position; 0 where it is no sound one. */
  static int length(byte[] bytes, int position) {
    int lead = bytes[position] & 0xff;
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
}
