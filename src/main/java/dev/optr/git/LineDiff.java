package dev.optr.git;

import java.util.Arrays;

/**
 * Which lines of two files were removed and added. It is ours so that a digest of a patch is the
 * same for ever, whatever library is installed, and so that hostile files cost no more than big
 * ones: lines that occur once on both sides are matched first (patience diff, Bram Cohen), the gaps
 * between them by the greedy algorithm of Myers (1986) with a bound on the differences of a gap;
 * beyond it the whole gap counts as replaced.
 */
final class LineDiff {
  private static final int MOST_DIFFERENCES = 256;
  private static final int DEEPEST = 32;

  private final int[] before;
  private final int[] after;
  private final boolean[] removed;
  private final boolean[] added;
  private final int[] countBefore;
  private final int[] countAfter;
  private final int[] placeAfter;

  private LineDiff(int[] before, int[] after, int distinct) {
    this.before = before;
    this.after = after;
    this.removed = new boolean[before.length];
    this.added = new boolean[after.length];
    this.countBefore = new int[distinct];
    this.countAfter = new int[distinct];
    this.placeAfter = new int[distinct];
  }

  /**
   * @param before lines as numbers below {@code distinct}, equal lines by equal numbers
   * @param after the same
   */
  static LineDiff of(int[] before, int[] after, int distinct) {
    LineDiff diff = new LineDiff(before, after, distinct);
    diff.compare(0, before.length, 0, after.length, 0);
    return diff;
  }

  boolean isRemoved(int lineBefore) {
    return removed[lineBefore];
  }

  boolean isAdded(int lineAfter) {
    return added[lineAfter];
  }

  private void compare(int fromA, int toA, int fromB, int toB, int depth) {
    int a = fromA;
    int b = fromB;
    int endA = toA;
    int endB = toB;
    while (a < endA && b < endB && before[a] == after[b]) {
      a++;
      b++;
    }
    while (a < endA && b < endB && before[endA - 1] == after[endB - 1]) {
      endA--;
      endB--;
    }
    if (a == endA || b == endB) {
      replace(a, endA, b, endB);
      return;
    }
    int[][] anchors = depth == DEEPEST ? new int[0][] : anchors(a, endA, b, endB);
    if (anchors.length == 0) {
      if (!new GreedyDiff(before, after, MOST_DIFFERENCES).mark(a, endA, b, endB, removed, added)) {
        replace(a, endA, b, endB);
      }
      return;
    }
    for (int[] anchor : anchors) {
      compare(a, anchor[0], b, anchor[1], depth + 1);
      a = anchor[0] + 1;
      b = anchor[1] + 1;
    }
    compare(a, endA, b, endB, depth + 1);
  }

  private void replace(int fromA, int toA, int fromB, int toB) {
    Arrays.fill(removed, fromA, toA, true);
    Arrays.fill(added, fromB, toB, true);
  }

  /** Lines that occur once on both sides, as many as keep their order: pairs of line numbers. */
  private int[][] anchors(int fromA, int toA, int fromB, int toB) {
    for (int i = fromA; i < toA; i++) {
      countBefore[before[i]]++;
    }
    for (int j = fromB; j < toB; j++) {
      countAfter[after[j]]++;
      placeAfter[after[j]] = j;
    }
    int[][] unique = new int[Math.min(toA - fromA, toB - fromB)][];
    int size = 0;
    for (int i = fromA; i < toA; i++) {
      if (countBefore[before[i]] == 1 && countAfter[before[i]] == 1) {
        unique[size++] = new int[] {i, placeAfter[before[i]]};
      }
    }
    for (int i = fromA; i < toA; i++) {
      countBefore[before[i]] = 0;
    }
    for (int j = fromB; j < toB; j++) {
      countAfter[after[j]] = 0;
    }
    return longestIncreasing(unique, size);
  }

  /** The longest subsequence whose second numbers increase too, by patience sorting. */
  private static int[][] longestIncreasing(int[][] pairs, int size) {
    int[] top = new int[size];
    int[] previous = new int[size];
    int piles = 0;
    for (int i = 0; i < size; i++) {
      int low = 0;
      int high = piles;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (pairs[top[middle]][1] < pairs[i][1]) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      previous[i] = low == 0 ? -1 : top[low - 1];
      top[low] = i;
      piles = Math.max(piles, low + 1);
    }
    int[][] longest = new int[piles][];
    int at = piles == 0 ? -1 : top[piles - 1];
    for (int i = piles - 1; i >= 0; i--) {
      longest[i] = pairs[at];
      at = previous[at];
    }
    return longest;
  }
}
