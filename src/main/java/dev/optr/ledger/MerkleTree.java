package dev.optr.ledger;

import dev.optr.base.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

/**
 * The Merkle tree hash of RFC 6962, section 2.1. Leaves and inner nodes are digested with different
 * first bytes, so that no node passes for a leaf.
 */
public final class MerkleTree {
  private MerkleTree() {}

  private record Node(Bytes hash, int height) {}

  /** Root over the leaves in their order, 64 hex digits. */
  public static String root(List<Bytes> leaves) {
    MessageDigest sha256 = sha256();
    // Perfect subtrees of falling height, as in the binary form of the number of leaves.
    Deque<Node> subtrees = new ArrayDeque<>();
    for (Bytes leaf : leaves) {
      sha256.update((byte) 0);
      Node node = new Node(Bytes.of(sha256.digest(leaf.toArray())), 0);
      while (!subtrees.isEmpty() && subtrees.getLast().height() == node.height()) {
        node = parent(sha256, subtrees.removeLast(), node);
      }
      subtrees.addLast(node);
    }
    if (subtrees.isEmpty()) {
      return HexFormat.of().formatHex(sha256.digest());
    }
    Node right = subtrees.removeLast();
    while (!subtrees.isEmpty()) {
      right = parent(sha256, subtrees.removeLast(), right);
    }
    return HexFormat.of().formatHex(right.hash().toArray());
  }

  private static Node parent(MessageDigest sha256, Node left, Node right) {
    sha256.update((byte) 1);
    sha256.update(left.hash().toArray());
    byte[] hash = sha256.digest(right.hash().toArray());
    return new Node(Bytes.of(hash), left.height() + 1);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
