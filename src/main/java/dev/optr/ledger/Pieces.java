package dev.optr.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands behind each other in a line: text that is always the same, and values between. The
 * grammar of lines is told in these, and one small loop reads them all, which the compiler of the
 * virtual machine is done with sooner than with code for each.
 *
 * @see ByteCursor#read(Pieces)
 */
final class Pieces {
  /** Takes a value that is checked and not kept. */
  static final int ANY = 0;

  /** What a piece is. */
  enum Kind {
    LITERAL,
    TEXT,
    DIGEST,
    GIT_ID,
    INTEGER,
    TIME
  }

  final Kind[] kinds;

  /** Where the value of a piece is kept. */
  final int[] slots;

  /** Of integers. */
  final long[] smallest;

  final long[] largest;

  /** Of literals: all their bytes, and as many words of eight as these have. */
  final byte[][] texts;

  final long[][] words;

  private Pieces(List<Piece> pieces) {
    kinds = pieces.stream().map(Piece::kind).toArray(Kind[]::new);
    slots = pieces.stream().mapToInt(Piece::slot).toArray();
    smallest = pieces.stream().mapToLong(Piece::smallest).toArray();
    largest = pieces.stream().mapToLong(Piece::largest).toArray();
    texts = pieces.stream().map(piece -> piece.text().getBytes(US_ASCII)).toArray(byte[][]::new);
    words = new long[texts.length][];
    for (int i = 0; i < texts.length; i++) {
      words[i] = words(texts[i]);
    }
  }

  private record Piece(Kind kind, int slot, long smallest, long largest, String text) {}

  private static long[] words(byte[] text) {
    ByteBuffer buffer = ByteBuffer.wrap(text);
    long[] words = new long[text.length / Long.BYTES];
    for (int i = 0; i < words.length; i++) {
      words[i] = buffer.getLong();
    }
    return words;
  }

  /** Begins with ASCII text; the quotes around values are part of it. */
  static Builder of(String literal) {
    return new Builder().then(literal);
  }

  /** Collects pieces. */
  static final class Builder {
    private final List<Piece> pieces = new ArrayList<>();

    Builder then(String literal) {
      pieces.add(new Piece(Kind.LITERAL, ANY, 0, 0, literal));
      return this;
    }

    /** At least one character, none of them escaped. */
    Builder text(int slot) {
      return add(Kind.TEXT, slot);
    }

    /** 64 lower-case hex digits. */
    Builder digest(int slot) {
      return add(Kind.DIGEST, slot);
    }

    /** 40 or 64 lower-case hex digits. */
    Builder gitId(int slot) {
      return add(Kind.GIT_ID, slot);
    }

    /** {@code 2026-01-31T23:59:59Z}, from 1970 on. */
    Builder time(int slot) {
      return add(Kind.TIME, slot);
    }

    /** No negative ones. */
    Builder integer(int slot, long smallest, long largest) {
      pieces.add(new Piece(Kind.INTEGER, slot, smallest, largest, ""));
      return this;
    }

    private Builder add(Kind kind, int slot) {
      pieces.add(new Piece(kind, slot, 0, 0, ""));
      return this;
    }

    Pieces end() {
      return new Pieces(pieces);
    }
  }
}
