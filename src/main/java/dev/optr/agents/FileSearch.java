package dev.optr.agents;

import dev.optr.git.BlobReader;
import dev.optr.git.FrozenTree;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Looks for matching lines in one file after the other. For one thread. */
final class FileSearch {
  /** A larger file is named instead of searched. */
  static final int LARGEST_FILE = 4 << 20;

  private final LineScanner scanner;
  private final BooleanSupplier stop;

  FileSearch(LinePattern pattern, BooleanSupplier stop) {
    this.scanner = pattern.scanner();
    this.stop = stop;
  }

  /** What came of one file. */
  sealed interface Result {
    /** How many bytes were read for it. */
    int bytes();
  }

  record Searched(FrozenTree.File file, List<LineMatch> matches, int bytes) implements Result {}

  /** No regular file, or one without text. */
  record NoText(int bytes) implements Result {}

  record TooLarge(FrozenTree.File file) implements Result {
    @Override
    public int bytes() {
      return 0;
    }
  }

  /** Given up half way; what was found in it is not told. */
  record Stopped() implements Result {
    @Override
    public int bytes() {
      return 0;
    }
  }

  Result search(BlobReader blobs, FrozenTree.File file) {
    if (stop.getAsBoolean()) {
      return new Stopped();
    }
    if (!file.mode().startsWith("100")) {
      return new NoText(0);
    }
    Optional<byte[]> read = blobs.read(file, LARGEST_FILE);
    if (read.isEmpty()) {
      return new TooLarge(file);
    }
    byte[] bytes = read.get();
    if (!Utf8Check.isText(bytes)) {
      return new NoText(bytes.length);
    }
    List<LineMatch> matches = scanner.matches(bytes, SearchRun.MOST_MATCHES, stop);
    return stop.getAsBoolean() ? new Stopped() : new Searched(file, matches, bytes.length);
  }
}
