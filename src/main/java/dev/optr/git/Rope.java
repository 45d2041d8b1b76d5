package dev.optr.git;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Bytes made of parts of arrays, which many ropes share: versions of a file that grew out of each
 * other cost what they differ in.
 */
final class Rope {
  /** An array that many ropes share. Two are equal only if they are one and the same. */
  private static final class Source {
    private final byte[] array;

    Source(byte[] array) {
      this.array = array;
    }
  }

  private record Part(Source source, int offset, int length) {}

  private final List<Part> parts;
  private final int length;

  private Rope(List<Part> parts, int length) {
    this.parts = parts;
    this.length = length;
  }

  static Rope of(byte[] bytes) {
    return new Rope(List.of(new Part(new Source(bytes), 0, bytes.length)), bytes.length);
  }

  int length() {
    return length;
  }

  /**
   * Applies a delta (git's pack format, section "Deltified representation").
   *
   * @throws IndexOutOfBoundsException where the delta is none for this base
   */
  Rope apply(byte[] delta) {
    Delta reading = new Delta(delta);
    if (reading.size() != length) {
      throw new IndexOutOfBoundsException("a delta for another base");
    }
    int size = reading.size();
    Builder builder = new Builder();
    Source inserted = new Source(delta);
    while (reading.at < delta.length) {
      int command = reading.next();
      if ((command & 0x80) != 0) {
        int from = reading.number(command, 4);
        int count = reading.number(command >> 4, 3);
        copy(from, count == 0 ? 0x10000 : count, builder);
      } else {
        builder.add(inserted, reading.at, command);
        reading.at += command;
      }
    }
    if (builder.length != size) {
      throw new IndexOutOfBoundsException("a delta that makes something else");
    }
    return new Rope(List.copyOf(builder.parts), size);
  }

  private void copy(int from, int count, Builder builder) {
    int start = 0;
    int left = count;
    int at = Objects.checkFromIndexSize(from, count, length);
    for (Part part : parts) {
      int end = start + part.length();
      if (at < end && left > 0) {
        int taken = Math.min(left, end - at);
        builder.add(part.source(), part.offset() + at - start, taken);
        at += taken;
        left -= taken;
      }
      start = end;
    }
  }

  /** How many bytes two have in common at their beginnings. */
  int sharedPrefix(Rope other) {
    int shared = 0;
    int mine = 0;
    int theirs = 0;
    int inMine = 0;
    int inTheirs = 0;
    while (mine < parts.size() && theirs < other.parts.size()) {
      Part one = parts.get(mine);
      Part two = other.parts.get(theirs);
      int count = Math.min(one.length() - inMine, two.length() - inTheirs);
      int mismatch = mismatch(one, inMine, two, inTheirs, count);
      if (mismatch >= 0) {
        return shared + mismatch;
      }
      shared += count;
      inMine += count;
      inTheirs += count;
      if (inMine == one.length()) {
        mine++;
        inMine = 0;
      }
      if (inTheirs == two.length()) {
        theirs++;
        inTheirs = 0;
      }
    }
    return shared;
  }

  /** -1 where they are the same; not looked at where they are one and the same array. */
  private static int mismatch(Part one, int inOne, Part two, int inTwo, int count) {
    int from = one.offset() + inOne;
    int to = two.offset() + inTwo;
    return one.source().equals(two.source()) && from == to
        ? -1
        : Arrays.mismatch(
            one.source().array, from, from + count, two.source().array, to, to + count);
  }

  /** The bytes from an offset on. */
  byte[] from(int offset) {
    byte[] bytes = new byte[length - offset];
    int start = 0;
    for (Part part : parts) {
      int end = start + part.length();
      if (end > offset) {
        int skipped = Math.max(0, offset - start);
        System.arraycopy(
            part.source().array,
            part.offset() + skipped,
            bytes,
            start + skipped - offset,
            part.length() - skipped);
      }
      start = end;
    }
    return bytes;
  }

  /** Joins parts that follow each other. */
  private static final class Builder {
    private final List<Part> parts = new ArrayList<>();
    private int length;

    void add(Source source, int offset, int count) {
      Objects.checkFromIndexSize(offset, count, source.array.length);
      Part last = parts.isEmpty() ? new Part(source, offset, 0) : parts.getLast();
      boolean follows = last.source().equals(source) && last.offset() + last.length() == offset;
      if (follows && !parts.isEmpty()) {
        parts.removeLast();
      }
      parts.add(
          follows
              ? new Part(source, last.offset(), last.length() + count)
              : new Part(source, offset, count));
      length += count;
    }
  }

  /** A delta as it is read. */
  private static final class Delta {
    private final byte[] bytes;
    private int at;

    Delta(byte[] bytes) {
      this.bytes = bytes;
    }

    int next() {
      return bytes[at++] & 0xff;
    }

    /** Seven bits a byte, the lowest first. */
    int size() {
      long size = 0;
      int shift = 0;
      int read;
      do {
        read = next();
        size |= (long) (read & 0x7f) << shift;
        shift += 7;
      } while ((read & 0x80) != 0 && shift < Integer.SIZE + 7);
      return Math.toIntExact(size);
    }

    /** Bytes that the lowest bits of a command announce, the lowest first. */
    int number(int command, int most) {
      int number = 0;
      for (int i = 0; i < most; i++) {
        if ((command >> i & 1) != 0) {
          number |= next() << (8 * i);
        }
      }
      return number;
    }
  }
}
