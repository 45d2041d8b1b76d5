package dev.optr.process;

import java.io.InputStream;

/**
 * What is done with one stream that a program writes. It is read on a thread of its own; whatever
 * is found so far may be asked for at any time.
 */
public sealed interface OutputReader
    permits OutputHead, OutputLines, OutputTail, OutputTailAndLines {
  /** Reads until the stream ends or is closed, also what is not kept: nobody is held up. */
  void drain(InputStream stream);

  /** True once there is no use in letting the program go on. */
  default boolean hasEnough() {
    return false;
  }
}
