package dev.optr.ledger;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Many versions of files that mostly grow, as paths from one root: each node stands for the lines
 * on the way to it. One version is the beginning of another exactly if its node is an ancestor, and
 * what two have in common ends at their lowest common ancestor.
 *
 * <p>Every node has, beside its parent, a jump to an ancestor further up (Myers, An applicative
 * random-access stack, 1983), so that ancestors are found in logarithmic time.
 */
final class LineTree {
  /** The empty file. */
  static final int ROOT = 0;

  private static final int FIRST_SIZE = 1024;

  private int size = 1;
  private int[] parents = new int[FIRST_SIZE];
  private int[] jumps = new int[FIRST_SIZE];
  private int[] depths = new int[FIRST_SIZE];
  private int[] lines = new int[FIRST_SIZE];
  private int[] ends = new int[FIRST_SIZE];
  private final BitSet unended = new BitSet();
  private final Map<Long, Integer> children = new HashMap<>();

  /**
   * The node for one line more.
   *
   * @param line number of the line's content
   * @param bytes its length without LF
   * @param ended whether an LF follows
   */
  int append(int node, int line, int bytes, boolean ended) {
    long key = ((long) node << Integer.SIZE) | line;
    Integer known = children.get(key);
    if (known != null) {
      return known;
    }
    int fresh = size++;
    if (fresh == parents.length) {
      grow();
    }
    parents[fresh] = node;
    depths[fresh] = depths[node] + 1;
    lines[fresh] = line;
    ends[fresh] = ends[node] + bytes + (ended ? 1 : 0);
    unended.set(fresh, !ended);
    int jump = jumps[node];
    jumps[fresh] =
        depths[node] - depths[jump] == depths[jump] - depths[jumps[jump]] ? jumps[jump] : node;
    children.put(key, fresh);
    return fresh;
  }

  private void grow() {
    int length = parents.length * 2;
    parents = Arrays.copyOf(parents, length);
    jumps = Arrays.copyOf(jumps, length);
    depths = Arrays.copyOf(depths, length);
    lines = Arrays.copyOf(lines, length);
    ends = Arrays.copyOf(ends, length);
  }

  /** Number of versions so far. */
  int size() {
    return size;
  }

  /** Whether the version ends with LF, or is empty. */
  boolean isEnded(int node) {
    return !unended.get(node);
  }

  int parent(int node) {
    return parents[node];
  }

  /** Number of the line that ends there; also how many lines the version has. */
  int depth(int node) {
    return depths[node];
  }

  /** Number of the content of the line that ends there. */
  int line(int node) {
    return lines[node];
  }

  /** Length of the version in bytes. */
  int end(int node) {
    return ends[node];
  }

  /** The longest beginning of a version that has at most so many bytes. */
  int within(int node, int bytes) {
    int at = node;
    while (ends[at] > bytes) {
      at = ends[jumps[at]] > bytes ? jumps[at] : parents[at];
    }
    return at;
  }

  boolean isPrefix(int beginning, int node) {
    return depths[beginning] <= depths[node] && atDepth(node, depths[beginning]) == beginning;
  }

  /** The longest beginning that two versions have in common. */
  int common(int one, int other) {
    int depth = Math.min(depths[one], depths[other]);
    int left = atDepth(one, depth);
    int right = atDepth(other, depth);
    while (left != right) {
      boolean far = jumps[left] != jumps[right];
      left = far ? jumps[left] : parents[left];
      right = far ? jumps[right] : parents[right];
    }
    return left;
  }

  private int atDepth(int node, int depth) {
    int at = node;
    while (depths[at] > depth) {
      at = depths[jumps[at]] >= depth ? jumps[at] : parents[at];
    }
    return at;
  }
}
