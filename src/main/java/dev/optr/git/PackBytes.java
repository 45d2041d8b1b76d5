package dev.optr.git;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import java.util.zip.Adler32;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * A pack (gitformat-pack(5), version 2) of whole objects in their given order. JGit's own writer
 * takes over what the user's packs happen to hold and walks history that a shallow clone has not
 * got, and a compressor differs from one machine to the next; here the bytes follow from the
 * objects alone.
 */
final class PackBytes {
  private static final int VERSION = 2;

  private static final int LARGEST = 64 << 20;
  private static final int BLOCK = 0xffff;

  private PackBytes() {}

  static byte[] of(ObjectReader reader, List<ObjectId> objects) throws IOException {
    ByteArrayOutputStream pack = new ByteArrayOutputStream();
    pack.writeBytes("PACK".getBytes(US_ASCII));
    pack.writeBytes(ByteBuffer.allocate(8).putInt(VERSION).putInt(objects.size()).array());
    for (ObjectId object : objects) {
      add(reader.open(object), pack);
    }
    MessageDigest digest = Constants.newMessageDigest();
    pack.writeBytes(digest.digest(pack.toByteArray()));
    return pack.toByteArray();
  }

  private static void add(ObjectLoader object, ByteArrayOutputStream pack) throws IOException {
    head(object.getType(), object.getSize(), pack);
    stored(object.getCachedBytes(LARGEST), pack);
  }

  /** Four bits of the size and the type, then seven bits of the size at a time. */
  private static void head(int type, long size, ByteArrayOutputStream pack) {
    long rest = size >>> 4;
    int first = (type << 4) | (int) (size & 0x0f);
    pack.write(rest == 0 ? first : first | 0x80);
    while (rest != 0) {
      int next = (int) (rest & 0x7f);
      rest >>>= 7;
      pack.write(rest == 0 ? next : next | 0x80);
    }
  }

  /**
   * ZLIB of RFC 1950 with the stored blocks of RFC 1951, section 3.2.4: no compressor has a say.
   */
  private static void stored(byte[] content, ByteArrayOutputStream pack) {
    pack.write(0x78);
    pack.write(0x01);
    int from = 0;
    do {
      int length = Math.min(BLOCK, content.length - from);
      pack.write(from + length == content.length ? 1 : 0);
      littleEndian(length, pack);
      littleEndian(~length, pack);
      pack.write(content, from, length);
      from += length;
    } while (from < content.length);
    Adler32 checksum = new Adler32();
    checksum.update(content);
    pack.writeBytes(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
  }

  private static void littleEndian(int value, ByteArrayOutputStream pack) {
    pack.write(value);
    pack.write(value >>> 8);
  }
}
