package dev.optr.git;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.zip.Adler32;

/**
 * The body of a {@code GIT binary patch}: both contents as literals, so that it applies both ways.
 * The zlib streams (RFC 1950) are made of stored blocks: what a compressor writes differs between
 * zlib builds, and with it the digest of the patch would.
 */
final class BinaryPatch {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";
  private static final int LINE = 52;
  private static final int BLOCK = 65535;

  private BinaryPatch() {}

  static void write(byte[] before, byte[] after, ByteArrayOutputStream out) {
    out.writeBytes("GIT binary patch\n".getBytes(US_ASCII));
    literal(after, out);
    literal(before, out);
  }

  private static void literal(byte[] content, ByteArrayOutputStream out) {
    out.writeBytes(("literal " + content.length + "\n").getBytes(US_ASCII));
    byte[] stream = zlib(content);
    for (int start = 0; start < stream.length; start += LINE) {
      line(stream, start, Math.min(LINE, stream.length - start), out);
    }
    out.write('\n');
  }

  private static void line(byte[] bytes, int start, int count, ByteArrayOutputStream out) {
    out.write(count <= 26 ? 'A' + count - 1 : 'a' + count - 27);
    for (int i = start; i < start + count; i += 4) {
      long word = 0;
      for (int j = i; j < i + 4; j++) {
        word = word << 8 | (j < start + count ? bytes[j] & 0xff : 0);
      }
      byte[] group = new byte[5];
      for (int digit = 4; digit >= 0; digit--) {
        group[digit] = (byte) DIGITS.charAt((int) (word % 85));
        word /= 85;
      }
      out.writeBytes(group);
    }
    out.write('\n');
  }

  private static byte[] zlib(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 64);
    out.write(0x78);
    out.write(0x01);
    int start = 0;
    do {
      int count = Math.min(BLOCK, content.length - start);
      out.write(start + count == content.length ? 1 : 0);
      out.write(count & 0xff);
      out.write(count >> 8);
      out.write(~count & 0xff);
      out.write(~count >> 8 & 0xff);
      out.write(content, start, count);
      start += count;
    } while (start < content.length);
    Adler32 checksum = new Adler32();
    checksum.update(content);
    for (int shift = 24; shift >= 0; shift -= 8) {
      out.write((int) (checksum.getValue() >> shift) & 0xff);
    }
    return out.toByteArray();
  }
}
