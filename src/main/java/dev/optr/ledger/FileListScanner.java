package dev.optr.ledger;

/** Scans lists of recorded files, as {@link FileListReader} reads them. */
final class FileListScanner {
  private static final ByteCursor.Literal MODE = ByteCursor.literal("{\"mode\":\"100");
  private static final ByteCursor.Literal PLAIN = ByteCursor.literal("644\"");
  private static final ByteCursor.Literal EXECUTABLE = ByteCursor.literal("755\"");
  private static final ByteCursor.Literal PATH = ByteCursor.literal(",\"path\":\"");
  private static final ByteCursor.Literal SHA256 = ByteCursor.literal(",\"sha256\":\"");
  private static final ByteCursor.Literal SIZE = ByteCursor.literal(",\"size\":");

  private final ByteCursor cursor;
  private int pathFrom;
  private int pathTo;

  FileListScanner(ByteCursor cursor) {
    this.cursor = cursor;
  }

  /** The elements and the bracket that closes the list. */
  boolean scan() {
    if (cursor.peek() == ']') {
      return cursor.skip(']');
    }
    pathTo = 0;
    while (file()) {
      if (cursor.peek() != ',') {
        return cursor.skip(']');
      }
      cursor.skip(',');
    }
    return false;
  }

  private boolean file() {
    return cursor.skip(MODE)
        && (cursor.skip(PLAIN) || cursor.skip(EXECUTABLE))
        && cursor.skip(PATH)
        && path()
        && cursor.skip(SHA256)
        && cursor.digest()
        && cursor.skip(SIZE)
        && cursor.integer(0)
        && cursor.skip('}');
  }

  private boolean path() {
    int lastFrom = pathFrom;
    int lastTo = pathTo;
    pathFrom = cursor.position();
    if (!cursor.text()) {
      return false;
    }
    pathTo = cursor.position() - 1;
    boolean sorted = lastTo == 0 || cursor.compare(lastFrom, lastTo, pathFrom, pathTo) < 0;
    return sorted && cursor.isPlainPath(pathFrom, pathTo);
  }
}
