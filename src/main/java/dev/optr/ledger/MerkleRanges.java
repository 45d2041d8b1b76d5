package dev.optr.ledger;

import dev.optr.base.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * Which subtrees a proof names, and their hashes from leaves that come one after another. The
 * subtrees of one proof do not overlap, so each is done before the next begins in the file.
 */
final class MerkleRanges {
  private final List<Range> ranges;
  private final List<MerkleTree> trees;

  /** The leaves from {@code start} up to and without {@code end}. */
  record Range(long start, long end) {
    boolean contains(long index) {
      return start <= index && index < end;
    }
  }

  MerkleRanges(List<Range> ranges) {
    this.ranges = List.copyOf(ranges);
    this.trees = this.ranges.stream().map(_ -> new MerkleTree()).toList();
  }

  /** PATH(m, D[n]) of RFC 6962, section 2.1.1: from the leaf up. */
  static List<Range> ofInclusion(long index, long size) {
    List<Range> downwards = new ArrayList<>();
    Range within = new Range(0, size);
    while (within.end() - within.start() > 1) {
      Range left = new Range(within.start(), within.start() + leftSize(within));
      Range right = new Range(left.end(), within.end());
      downwards.add(left.contains(index) ? right : left);
      within = left.contains(index) ? left : right;
    }
    return downwards.reversed();
  }

  /** PROOF(m, D[n]) of RFC 6962, section 2.1.2; 0 &lt; m &lt;= n. */
  static List<Range> ofConsistency(long oldSize, long size) {
    List<Range> downwards = new ArrayList<>();
    Range within = new Range(0, size);
    while (within.end() != oldSize) {
      Range left = new Range(within.start(), within.start() + leftSize(within));
      Range right = new Range(left.end(), within.end());
      downwards.add(oldSize <= left.end() ? right : left);
      within = oldSize <= left.end() ? left : right;
    }
    if (within.start() > 0) {
      downwards.add(within);
    }
    return downwards.reversed();
  }

  /** The largest power of two that is smaller than the number of leaves. */
  private static long leftSize(Range range) {
    return Long.highestOneBit(range.end() - range.start() - 1);
  }

  void add(long index, Bytes leafHash) {
    for (int i = 0; i < ranges.size(); i++) {
      if (ranges.get(i).contains(index)) {
        trees.get(i).add(leafHash);
      }
    }
  }

  /** In the proof's order. */
  List<Bytes> hashes() {
    return trees.stream().map(MerkleTree::root).toList();
  }
}
