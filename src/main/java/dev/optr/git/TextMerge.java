package dev.optr.git;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two changes of one text, put together line by line. No line end is lost. */
final class TextMerge {
  private final LineText base;
  private final LineText ours;
  private final LineText theirs;
  private final LineMerge lines;

  TextMerge(byte[] base, byte[] ours, byte[] theirs) {
    this.base = new LineText(base);
    this.ours = new LineText(ours);
    this.theirs = new LineText(theirs);
    Map<ByteBuffer, Integer> table = LineText.table();
    int[] numbersBase = this.base.numbers(table);
    int[] numbersOurs = this.ours.numbers(table);
    int[] numbersTheirs = this.theirs.numbers(table);
    this.lines = new LineMerge(numbersBase, numbersOurs, numbersTheirs, table.size());
  }

  boolean isClean() {
    return lines.isClean();
  }

  /**
   * The merged text.
   *
   * @throws IllegalStateException where it is not clean
   */
  byte[] text() {
    Optional<List<LineMerge.Piece>> pieces = lines.merged();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (LineMerge.Piece piece :
        pieces.orElseThrow(() -> new IllegalStateException("the two changes conflict"))) {
      of(piece.side()).write(piece.from(), piece.to(), out);
    }
    return out.toByteArray();
  }

  private LineText of(LineMerge.Side side) {
    return switch (side) {
      case BASE -> base;
      case OURS -> ours;
      case THEIRS -> theirs;
    };
  }
}
