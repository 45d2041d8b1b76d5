package dev.optr.ledger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** A file of lines that can be read through as often as is needed, one line in memory at a time. */
@FunctionalInterface
public interface LineSource {
  /** The file from its beginning; closed by whoever asked. */
  InputStream open() throws IOException;

  /** What is done with each line. */
  @FunctionalInterface
  interface LineConsumer {
    /**
     * @param index from 0
     * @param line without LF
     */
    void accept(long index, byte[] line);
  }

  /**
   * Reads all lines.
   *
   * @throws MalformedLinesException where a line is longer than the format allows, or does not end
   */
  default void forEachLine(LineConsumer consumer) throws IOException {
    try (InputStream in = open()) {
      Lines lines = new Lines(consumer);
      byte[] block = new byte[8192];
      for (int length = in.read(block); length >= 0; length = in.read(block)) {
        lines.take(block, length);
      }
      lines.end();
    }
  }

  /** The line that is being read, and how many were. */
  final class Lines {
    private final LineConsumer consumer;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long index;

    private Lines(LineConsumer consumer) {
      this.consumer = consumer;
    }

    private void take(byte[] block, int length) throws MalformedLinesException {
      int start = 0;
      for (int i = 0; i < length; i++) {
        if (block[i] == '\n') {
          append(block, start, i);
          consumer.accept(index++, line.toByteArray());
          line.reset();
          start = i + 1;
        }
      }
      append(block, start, length);
    }

    private void append(byte[] block, int start, int end) throws MalformedLinesException {
      if (line.size() + end - start > LineReader.MOST_BYTES) {
        throw new MalformedLinesException(
            "line %d is longer than %d bytes".formatted(index + 1, LineReader.MOST_BYTES));
      }
      line.write(block, start, end - start);
    }

    private void end() throws MalformedLinesException {
      if (line.size() > 0) {
        throw new MalformedLinesException("line %d does not end with LF".formatted(index + 1));
      }
    }
  }

  /** The file has no lines as the ledger's format has them. */
  final class MalformedLinesException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedLinesException(String message) {
      super(message);
    }
  }
}
