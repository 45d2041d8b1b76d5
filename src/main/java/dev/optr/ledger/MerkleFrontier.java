package dev.optr.ledger;

import dev.optr.base.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * What is needed of an RFC 6962 tree to add leaves at its end and to tell its root: its perfect
 * subtrees, of falling height. A value, so that many lengths of one growing file can be kept.
 */
record MerkleFrontier(List<Subtree> subtrees) {
  static final MerkleFrontier EMPTY = new MerkleFrontier(List.of());

  MerkleFrontier {
    subtrees = List.copyOf(subtrees);
  }

  record Subtree(Bytes hash, int height) {}

  MerkleFrontier with(Bytes leaf) {
    List<Subtree> grown = new ArrayList<>(subtrees);
    Subtree last = new Subtree(leaf, 0);
    while (!grown.isEmpty() && grown.getLast().height() == last.height()) {
      last = parent(grown.removeLast(), last);
    }
    grown.add(last);
    return new MerkleFrontier(grown);
  }

  /** 64 hex digits. */
  String root() {
    if (subtrees.isEmpty()) {
      return MerkleTree.root(List.of());
    }
    Subtree right = subtrees.getLast();
    for (int i = subtrees.size() - 2; i >= 0; i--) {
      right = parent(subtrees.get(i), right);
    }
    return MerkleTree.hex(right.hash());
  }

  private static Subtree parent(Subtree left, Subtree right) {
    return new Subtree(MerkleTree.nodeHash(left.hash(), right.hash()), left.height() + 1);
  }
}
