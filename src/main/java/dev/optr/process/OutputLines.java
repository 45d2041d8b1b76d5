package dev.optr.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.function.Predicate;

/**
 * Hands on each line that a program prints the moment it is whole, so that what was printed before
 * a program had to be ended is not lost. Lines over the limit are left out.
 */
public final class OutputLines implements OutputReader {
  private final int longest;
  private final Predicate<String> lines;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean tooLong;
  private volatile boolean enough;

  /**
   * @param longest the most bytes of a line
   * @param lines gets each line without its end, on the reading thread; false once the program
   *     shall be ended
   */
  public OutputLines(int longest, Predicate<String> lines) {
    this.longest = longest;
    this.lines = lines;
  }

  @Override
  public void drain(InputStream stream) {
    OutputBlocks blocks = this::add;
    if (blocks.readAll(stream)) {
      end();
    }
  }

  @Override
  public boolean hasEnough() {
    return enough;
  }

  void add(byte[] block, int length) {
    int start = 0;
    for (int i = 0; i < length; i++) {
      if (block[i] == '\n') {
        append(block, start, i - start);
        end();
        start = i + 1;
      }
    }
    append(block, start, length - start);
  }

  private void append(byte[] block, int start, int length) {
    tooLong |= line.size() + length > longest;
    if (!tooLong) {
      line.write(block, start, length);
    }
  }

  void end() {
    if (!tooLong && line.size() > 0) {
      enough |= !lines.test(line.toString(UTF_8));
    }
    line.reset();
    tooLong = false;
  }
}
