package dev.optr.workflow;

import java.util.Comparator;

/** A place in the workflow file; line and column count from 1, columns in code points. */
record Mark(int line, int column) implements Comparable<Mark> {
  static final Mark START = new Mark(1, 1);

  private static final Comparator<Mark> ORDER =
      Comparator.comparingInt(Mark::line).thenComparingInt(Mark::column);

  @Override
  public int compareTo(Mark other) {
    return ORDER.compare(this, other);
  }
}
