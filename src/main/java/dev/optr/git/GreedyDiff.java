package dev.optr.git;

import java.util.ArrayList;
import java.util.List;

/** The greedy algorithm of Myers (An O(ND) Difference Algorithm and Its Variations, 1986). */
final class GreedyDiff {
  private final int[] before;
  private final int[] after;
  private final int limit;

  /**
   * @param limit most differences that are looked for
   */
  GreedyDiff(int[] before, int[] after, int limit) {
    this.before = before;
    this.after = after;
    this.limit = limit;
  }

  /** Marks the lines of two ranges that differ; does nothing and says false beyond the limit. */
  boolean mark(int fromA, int toA, int fromB, int toB, boolean[] removed, boolean[] added) {
    int lengthA = toA - fromA;
    int lengthB = toB - fromB;
    List<int[]> trace = new ArrayList<>();
    int[] furthest = new int[2 * limit + 3];
    for (int d = 0; d <= Math.min(limit, lengthA + lengthB); d++) {
      for (int k = -d; k <= d; k += 2) {
        int x = start(furthest, k, d);
        while (x < lengthA && x - k < lengthB && before[fromA + x] == after[fromB + x - k]) {
          x++;
        }
        furthest[limit + 1 + k] = x;
        if (x >= lengthA && x - k >= lengthB) {
          trace.add(furthest.clone());
          walkBack(trace, lengthA, lengthB, fromA, fromB, removed, added);
          return true;
        }
      }
      trace.add(furthest.clone());
    }
    return false;
  }

  /** Where diagonal {@code k} begins after {@code d} differences: an insertion or a deletion. */
  private int start(int[] furthest, int k, int d) {
    if (d == 0) {
      return 0;
    }
    int below = furthest[limit + 1 + k - 1];
    int above = furthest[limit + 1 + k + 1];
    return k == -d || (k != d && below < above) ? above : below + 1;
  }

  private void walkBack(
      List<int[]> trace,
      int lengthA,
      int lengthB,
      int fromA,
      int fromB,
      boolean[] removed,
      boolean[] added) {
    int x = lengthA;
    int y = lengthB;
    for (int d = trace.size() - 1; d > 0; d--) {
      int[] furthest = trace.get(d - 1);
      int k = x - y;
      boolean insertion =
          k == -d || (k != d && furthest[limit + 1 + k - 1] < furthest[limit + 1 + k + 1]);
      int previous = insertion ? k + 1 : k - 1;
      x = furthest[limit + 1 + previous];
      y = x - previous;
      if (insertion) {
        added[fromB + y] = true;
      } else {
        removed[fromA + x] = true;
      }
    }
  }
}
