package dev.optr.ledger;

/** Scans lists of recorded files, as {@link FileListReader} reads them. */
final class FileListScanner {
  private static final int PATH = 1;

  private static final Pieces PLAIN = Pieces.of("{\"mode\":\"100644").end();
  private static final Pieces EXECUTABLE = Pieces.of("{\"mode\":\"100755").end();
  private static final Pieces FILE =
      Pieces.of("\",\"path\":\"")
          .text(PATH)
          .then("\",\"sha256\":\"")
          .digest(Pieces.ANY)
          .then("\",\"size\":")
          .integer(Pieces.ANY, 0, Members.MAX_INTEGER)
          .then("}")
          .end();
  private static final Pieces COMMA = Pieces.of(",").end();
  private static final Pieces END = Pieces.of("]").end();

  private final ByteCursor cursor;

  FileListScanner(ByteCursor cursor) {
    this.cursor = cursor;
  }

  /** The elements and the bracket that closes the list. */
  boolean scan() {
    if (cursor.readOrStay(END)) {
      return true;
    }
    int lastFrom = 0;
    int lastTo = 0;
    while ((cursor.readOrStay(PLAIN) || cursor.read(EXECUTABLE)) && cursor.read(FILE)) {
      int from = cursor.from(PATH);
      int to = cursor.to(PATH);
      boolean sorted = lastTo == 0 || cursor.compare(lastFrom, lastTo, from, to) < 0;
      if (!sorted || !cursor.isPlainPath(from, to)) {
        return false;
      }
      lastFrom = from;
      lastTo = to;
      if (cursor.readOrStay(END)) {
        return true;
      }
      if (!cursor.read(COMMA)) {
        return false;
      }
    }
    return false;
  }
}
