package dev.optr.ledger;

import dev.optr.base.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

/**
 * The Merkle tree hash of RFC 6962, section 2.1, over leaves that come one after another; what is
 * kept grows with the logarithm of their number. Leaves and inner nodes are digested with different
 * first bytes, so that no node passes for a leaf.
 */
public final class MerkleTree {
  static final int HASH_SIZE = 32;

  // Perfect subtrees of falling height, as in the binary form of the number of leaves.
  private final Deque<Subtree> subtrees = new ArrayDeque<>();
  private long size;

  private record Subtree(Bytes hash, int height) {}

  /** Root over the leaves in their order, 64 hex digits. */
  public static String root(List<Bytes> leaves) {
    MerkleTree tree = new MerkleTree();
    leaves.forEach(leaf -> tree.add(leafHash(leaf.toArray())));
    return hex(tree.root());
  }

  /** Puts one more leaf, by its hash, behind the others. */
  void add(Bytes leafHash) {
    Subtree added = new Subtree(leafHash, 0);
    while (!subtrees.isEmpty() && subtrees.getLast().height() == added.height()) {
      Bytes joined = nodeHash(subtrees.removeLast().hash(), added.hash());
      added = new Subtree(joined, added.height() + 1);
    }
    subtrees.addLast(added);
    size++;
  }

  /** How many leaves there are so far. */
  long size() {
    return size;
  }

  /** Root over the leaves so far; they may grow on. */
  Bytes root() {
    if (subtrees.isEmpty()) {
      return Bytes.of(sha256().digest());
    }
    return subtrees.reversed().stream()
        .map(Subtree::hash)
        .reduce((right, left) -> nodeHash(left, right))
        .orElseThrow();
  }

  /** SHA-256 of 0x00 and the leaf. */
  static Bytes leafHash(byte[] leaf) {
    MessageDigest sha256 = sha256();
    sha256.update((byte) 0);
    return Bytes.of(sha256.digest(leaf));
  }

  /** SHA-256 of 0x01 and both children. */
  static Bytes nodeHash(Bytes left, Bytes right) {
    MessageDigest sha256 = sha256();
    sha256.update((byte) 1);
    sha256.update(left.toArray());
    return Bytes.of(sha256.digest(right.toArray()));
  }

  static String hex(Bytes hash) {
    return HexFormat.of().formatHex(hash.toArray());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
