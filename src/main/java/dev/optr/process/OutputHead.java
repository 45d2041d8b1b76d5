package dev.optr.process;

import dev.optr.base.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;

/** Keeps what a program prints byte for byte, up to a limit. */
public final class OutputHead implements OutputReader {
  private final int limit;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private boolean cut;

  /**
   * @param limit the most bytes that are kept
   */
  public OutputHead(int limit) {
    this.limit = limit;
  }

  @Override
  public void drain(InputStream stream) {
    OutputBlocks blocks = this::add;
    blocks.readAll(stream);
  }

  private synchronized void add(byte[] block, int length) {
    int room = Math.min(length, limit - kept.size());
    kept.write(block, 0, room);
    cut |= room < length;
  }

  /** What was printed so far. */
  public synchronized Bytes bytes() {
    return Bytes.of(kept.toByteArray());
  }

  /** Whether more was printed than is kept. */
  public synchronized boolean wasCut() {
    return cut;
  }
}
