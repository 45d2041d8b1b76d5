package dev.optr.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Reads the lines that begin in one stretch of a container, in a buffer of its own that it uses
 * again and again. Lines of the usual kinds are scanned where they lie; {@link LineReader} reads
 * all others.
 */
final class ChunkScanner {
  /** A line and its LF. */
  private static final int LONGEST = LineReader.MOST_BYTES + 1;

  private static final byte[] TAG = (SshSignature.ENTRY + "\0").getBytes(US_ASCII);
  private static final int DIGEST_SIZE = 32;

  private final byte[] buffer;
  private final LineScanner scanner;
  private final LineReader reader = new LineReader();
  private final MessageDigest sha256;
  private final byte[] digest = new byte[DIGEST_SIZE];
  private final ByteBuffer digestWords = ByteBuffer.wrap(digest);

  // What was met last stands in nearly every line; it need not be looked up for each.
  private final long[] lastLedger = new long[EntryId.WORDS];
  private byte[] lastHost = {};
  private long lastRepository;
  private int lastOrigin;
  private byte[] lastFingerprint = {};
  private int lastKey;

  /** Bytes that are read around a stretch at most. */
  static final int MOST_AROUND = 1 + LONGEST;

  /**
   * @param bytes of the longest stretch with {@link #MOST_AROUND}, or of the longest container
   */
  ChunkScanner(int bytes) {
    this.buffer = new byte[bytes + ByteCursor.PADDING];
    this.scanner = new LineScanner(buffer);
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * @param size of the whole container
   */
  Chunk scan(Content.Reading content, long from, long to, long size) {
    // The byte before tells whether a line begins at once; one line may go on behind the end.
    long base = Math.max(0, from - 1);
    int length = (int) (Math.min(size, to + LONGEST) - base);
    int border = (int) (to - base);
    content.read(base, buffer, 0, length);
    Arrays.fill(buffer, length, length + ByteCursor.PADDING, (byte) 0);
    lastOrigin = -1;
    lastKey = -1;
    Chunk chunk = new Chunk();
    int at = 0;
    if (from > 0) {
      int end = lineEnd(0, border);
      if (end == border) {
        return chunk;
      }
      chunk.firstLineEnd = base + end;
      at = end + 1;
    }
    while (at < border && at >= 0) {
      at = line(chunk, base, at, length, base + length == size);
    }
    return chunk;
  }

  /** The position of the next line; negative where no other begins here. */
  private int line(Chunk chunk, long base, int at, int length, boolean reachesEnd) {
    if (scanner.scan(at) && hasRightId(scanner.found())) {
      ScannedLine line = scanner.found();
      chunk.add(line, base + at, origin(chunk, line), key(chunk, line));
      return line.end + 1;
    }
    int end = lineEnd(at, length);
    if (end < length) {
      readLine(chunk, base, at, end);
      return end + 1;
    }
    chunk.countLine();
    if (reachesEnd) {
      chunk.isUnfinished = true;
    } else {
      chunk.openLine = base + at;
    }
    return -1;
  }

  private void readLine(Chunk chunk, long base, int at, int end) {
    if (end - at > LineReader.MOST_BYTES) {
      chunk.add(LineReader.tooLong(end - at));
      return;
    }
    switch (reader.read("", 0, Arrays.copyOfRange(buffer, at, end))) {
      case LineReader.Line.Intact(Entry entry) -> chunk.add(entry, base + at);
      case LineReader.Line.Damaged damaged -> chunk.add(damaged);
    }
  }

  private int lineEnd(int from, int limit) {
    int at = from;
    while (at < limit && buffer[at] != '\n') {
      at++;
    }
    return at;
  }

  private boolean hasRightId(ScannedLine line) {
    sha256.update(TAG);
    sha256.update(buffer, line.bodyFrom, line.bodyTo - line.bodyFrom);
    try {
      sha256.digest(digest, 0, DIGEST_SIZE);
    } catch (DigestException e) {
      throw new IllegalStateException("32 bytes are enough for SHA-256", e);
    }
    for (int i = 0; i < EntryId.WORDS; i++) {
      if (digestWords.getLong(8 * i) != line.id[i]) {
        return false;
      }
    }
    return true;
  }

  private int origin(Chunk chunk, ScannedLine line) {
    boolean isLast =
        lastOrigin >= 0
            && line.repositoryId == lastRepository
            && Arrays.equals(line.ledger, lastLedger)
            && isText(line.hostFrom, line.hostTo, lastHost);
    if (!isLast) {
      lastRepository = line.repositoryId;
      System.arraycopy(line.ledger, 0, lastLedger, 0, EntryId.WORDS);
      lastHost = Arrays.copyOfRange(buffer, line.hostFrom, line.hostTo);
      String host = new String(lastHost, UTF_8);
      lastOrigin = chunk.origin(new Origin(EntryId.text(lastLedger), host, lastRepository));
    }
    return lastOrigin;
  }

  private int key(Chunk chunk, ScannedLine line) {
    if (line.keyTo == 0) {
      return Rows.UNSIGNED;
    }
    if (lastKey < 0 || !isText(line.keyFrom, line.keyTo, lastFingerprint)) {
      lastFingerprint = Arrays.copyOfRange(buffer, line.keyFrom, line.keyTo);
      lastKey = chunk.key(new String(lastFingerprint, UTF_8));
    }
    return lastKey;
  }

  private boolean isText(int from, int to, byte[] text) {
    return Arrays.equals(buffer, from, to, text, 0, text.length);
  }
}
