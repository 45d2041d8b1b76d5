package dev.optr.git;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Whether two changes of one text go together, line by line, as git merges: changes that touch each
 * other conflict, unless both sides say the same there.
 */
final class LineMerge {
  private final int[] base;
  private final int[] ours;
  private final int[] theirs;
  private final int distinct;

  /**
   * @param base lines as numbers below {@code distinct}, equal lines by equal numbers
   */
  LineMerge(int[] base, int[] ours, int[] theirs, int distinct) {
    this.base = base;
    this.ours = ours;
    this.theirs = theirs;
    this.distinct = distinct;
  }

  /** Lines of the base that one side replaced by lines of its own; ends are exclusive. */
  private record Edit(int from, int to, int newFrom, int newTo) {
    /** Where one of the side's lines after this edit stands, seen from the base. */
    int shift() {
      return newTo - to;
    }

    int shiftBefore() {
      return newFrom - from;
    }
  }

  boolean isClean() {
    return merged().isPresent();
  }

  /** Whose lines stand somewhere in the merged text. */
  enum Side {
    BASE,
    OURS,
    THEIRS
  }

  /** Lines of one side that follow each other; the end is exclusive. */
  record Piece(Side side, int from, int to) {}

  /** The merged text, first piece first; empty where somebody has to choose. */
  Optional<List<Piece>> merged() {
    List<Edit> own = edits(ours);
    List<Edit> other = edits(theirs);
    Pieces pieces = new Pieces();
    int i = 0;
    int j = 0;
    while (i < own.size() || j < other.size()) {
      if (j == other.size() || (i < own.size() && own.get(i).to() < other.get(j).from())) {
        pieces.put(Side.OURS, own.get(i));
        i++;
      } else if (i == own.size() || other.get(j).to() < own.get(i).from()) {
        pieces.put(Side.THEIRS, other.get(j));
        j++;
      } else {
        Group group = grown(own, i, other, j);
        Edit lastOwn = own.get(group.lastOwn());
        Edit lastOther = other.get(group.lastOther());
        if (!sameText(own.get(i), lastOwn, other.get(j), lastOther)) {
          return Optional.empty();
        }
        pieces.put(Side.OURS, around(own.get(i), lastOwn, other.get(j), lastOther));
        i = group.lastOwn() + 1;
        j = group.lastOther() + 1;
      }
    }
    return Optional.of(pieces.toEnd(base.length));
  }

  /** All that either side touched there, as one edit of ours. */
  private static Edit around(Edit firstOwn, Edit lastOwn, Edit firstOther, Edit lastOther) {
    int from = Math.min(firstOwn.from(), firstOther.from());
    int to = Math.max(lastOwn.to(), lastOther.to());
    return new Edit(from, to, from + firstOwn.shiftBefore(), to + lastOwn.shift());
  }

  /** Puts edits together, with what neither side touched between them. */
  private static final class Pieces {
    private final List<Piece> pieces = new ArrayList<>();
    private int line;

    void put(Side side, Edit edit) {
      add(Side.BASE, line, edit.from());
      add(side, edit.newFrom(), edit.newTo());
      line = edit.to();
    }

    List<Piece> toEnd(int length) {
      add(Side.BASE, line, length);
      return pieces;
    }

    private void add(Side side, int from, int to) {
      if (from < to) {
        pieces.add(new Piece(side, from, to));
      }
    }
  }

  /** Edits of both sides that touch each other, directly or over others, by their last ones. */
  private record Group(int lastOwn, int lastOther) {}

  private static Group grown(List<Edit> own, int i, List<Edit> other, int j) {
    int lastOwn = i;
    int lastOther = j;
    while (true) {
      int end = Math.max(own.get(lastOwn).to(), other.get(lastOther).to());
      if (lastOwn + 1 < own.size() && own.get(lastOwn + 1).from() <= end) {
        lastOwn++;
      } else if (lastOther + 1 < other.size() && other.get(lastOther + 1).from() <= end) {
        lastOther++;
      } else {
        return new Group(lastOwn, lastOther);
      }
    }
  }

  /** Whether both sides made the same of the lines that either of them touched. */
  private boolean sameText(Edit firstOwn, Edit lastOwn, Edit firstOther, Edit lastOther) {
    int from = Math.min(firstOwn.from(), firstOther.from());
    int to = Math.max(lastOwn.to(), lastOther.to());
    return Arrays.equals(
        ours,
        from + firstOwn.shiftBefore(),
        to + lastOwn.shift(),
        theirs,
        from + firstOther.shiftBefore(),
        to + lastOther.shift());
  }

  private List<Edit> edits(int[] side) {
    LineDiff diff = LineDiff.of(base, side, distinct);
    List<Edit> edits = new ArrayList<>();
    int line = 0;
    int newLine = 0;
    while (line < base.length || newLine < side.length) {
      int from = line;
      int newFrom = newLine;
      while (line < base.length && diff.isRemoved(line)) {
        line++;
      }
      while (newLine < side.length && diff.isAdded(newLine)) {
        newLine++;
      }
      if (from == line && newFrom == newLine) {
        line++;
        newLine++;
      } else {
        edits.add(new Edit(from, line, newFrom, newLine));
      }
    }
    return edits;
  }
}
