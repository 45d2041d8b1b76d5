package dev.optr.process;

import java.io.IOException;
import java.io.InputStream;

/** Takes what a program writes, block by block. */
@FunctionalInterface
interface OutputBlocks {
  int LARGEST = 64 << 10;

  void add(byte[] block, int length);

  /** Hands on all of a stream; false where it was closed before its end. */
  default boolean readAll(InputStream stream) {
    byte[] block = new byte[LARGEST];
    try {
      for (int read = stream.read(block); read >= 0; read = stream.read(block)) {
        add(block, read);
      }
      return true;
    } catch (IOException closed) {
      // The process was ended and its pipe closed under the reader: the output ends here.
      return false;
    }
  }
}
