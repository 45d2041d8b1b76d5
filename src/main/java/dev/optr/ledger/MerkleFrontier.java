package dev.optr.ledger;

import dev.optr.base.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
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

  /** Hash of a leaf. */
  static Bytes leaf(byte[] content) {
    MessageDigest sha256 = sha256();
    sha256.update((byte) 0);
    return Bytes.of(sha256.digest(content));
  }

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
      return HexFormat.of().formatHex(sha256().digest());
    }
    Subtree right = subtrees.getLast();
    for (int i = subtrees.size() - 2; i >= 0; i--) {
      right = parent(subtrees.get(i), right);
    }
    return HexFormat.of().formatHex(right.hash().toArray());
  }

  private static Subtree parent(Subtree left, Subtree right) {
    MessageDigest sha256 = sha256();
    sha256.update((byte) 1);
    sha256.update(left.hash().toArray());
    return new Subtree(Bytes.of(sha256.digest(right.hash().toArray())), left.height() + 1);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
