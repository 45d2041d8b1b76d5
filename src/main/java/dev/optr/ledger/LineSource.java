package dev.optr.ledger;

import java.io.BufferedInputStream;
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
    try (InputStream in = new BufferedInputStream(open(), 1 << 16)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      long index = 0;
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next == '\n') {
          consumer.accept(index++, line.toByteArray());
          line.reset();
        } else if (line.size() == LineReader.MOST_BYTES) {
          throw new MalformedLinesException(
              "line %d is longer than %d bytes".formatted(index + 1, LineReader.MOST_BYTES));
        } else {
          line.write(next);
        }
      }
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
