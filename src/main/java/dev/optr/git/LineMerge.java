package dev.optr.git;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
    List<Edit> own = edits(ours);
    List<Edit> other = edits(theirs);
    int i = 0;
    int j = 0;
    while (i < own.size() && j < other.size()) {
      if (own.get(i).to() < other.get(j).from()) {
        i++;
      } else if (other.get(j).to() < own.get(i).from()) {
        j++;
      } else {
        Group group = grown(own, i, other, j);
        if (!sameText(
            own.get(i), own.get(group.lastOwn()), other.get(j), other.get(group.lastOther()))) {
          return false;
        }
        i = group.lastOwn() + 1;
        j = group.lastOther() + 1;
      }
    }
    return true;
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
