package dev.optr.process;

import java.io.InputStream;

/** Keeps the end of what a program prints, and hands on its lines. */
public final class OutputTailAndLines implements OutputReader {
  private final OutputTail tail;
  private final OutputLines lines;

  public OutputTailAndLines(OutputTail tail, OutputLines lines) {
    this.tail = tail;
    this.lines = lines;
  }

  @Override
  public void drain(InputStream stream) {
    OutputBlocks blocks =
        (block, length) -> {
          tail.add(block, length);
          lines.add(block, length);
        };
    if (blocks.readAll(stream)) {
      lines.end();
    }
  }

  @Override
  public boolean hasEnough() {
    return lines.hasEnough();
  }
}
