package dev.optr.ledger;

import dev.optr.base.Bytes;
import java.util.List;

/**
 * That the leaves of an older tree are the first leaves of a newer one (RFC 6962, section 2.1.2).
 *
 * @param oldSize how many leaves the older tree has
 * @param size how many the newer one has
 * @param hashes of subtrees, 32 bytes each; none where both are of one size
 */
public record ConsistencyProof(long oldSize, long size, List<Bytes> hashes) {
  public ConsistencyProof {
    hashes = List.copyOf(hashes);
  }

  /** Checks it as RFC 9162, section 2.1.4.2 says. */
  public ProofCheck check(Bytes oldRoot, Bytes root) {
    if (oldSize < 1 || oldSize > size) {
      return refuted(
          "from %d leaves to %d nothing can be proven to have stayed".formatted(oldSize, size));
    }
    if (oldSize == size) {
      return checkOneSize(oldRoot, root);
    }
    if (hashes.isEmpty()) {
      return refuted("no hashes are too few for %d of %d".formatted(oldSize, size));
    }
    boolean wholeSubtree = Long.bitCount(oldSize) == 1;
    Bytes first = wholeSubtree ? oldRoot : hashes.getFirst();
    List<Bytes> rest = wholeSubtree ? hashes : hashes.subList(1, hashes.size());
    return checkPath(first, rest, oldRoot, root);
  }

  private ProofCheck checkOneSize(Bytes oldRoot, Bytes root) {
    if (!hashes.isEmpty()) {
      return refuted("%d hashes are too many for two trees of one size".formatted(hashes.size()));
    }
    return oldRoot.equals(root)
        ? proven(oldRoot, root)
        : refuted(
            "two trees of one size have the roots '%s' and '%s'"
                .formatted(MerkleTree.hex(oldRoot), MerkleTree.hex(root)));
  }

  private ProofCheck checkPath(Bytes first, List<Bytes> rest, Bytes oldRoot, Bytes root) {
    int shared = Long.numberOfTrailingZeros(oldSize);
    long node = (oldSize - 1) >>> shared;
    long last = (size - 1) >>> shared;
    Bytes older = first;
    Bytes newer = first;
    for (Bytes neighbour : rest) {
      if (last == 0) {
        return refuted(
            "%d hashes are too many for %d of %d".formatted(hashes.size(), oldSize, size));
      }
      boolean right = (node & 1) == 1;
      if (right || node == last) {
        older = MerkleTree.nodeHash(neighbour, older);
        newer = MerkleTree.nodeHash(neighbour, newer);
        // A left node at the end of its level has no neighbour and goes up unchanged.
        int levels = Long.numberOfTrailingZeros(node);
        node >>>= levels;
        last >>>= levels;
      } else {
        newer = MerkleTree.nodeHash(newer, neighbour);
      }
      node >>>= 1;
      last >>>= 1;
    }
    if (last != 0) {
      return refuted("%d hashes are too few for %d of %d".formatted(hashes.size(), oldSize, size));
    }
    if (!older.equals(oldRoot)) {
      return different("older", older, oldRoot);
    }
    return newer.equals(root) ? proven(oldRoot, root) : different("newer", newer, root);
  }

  private ProofCheck proven(Bytes oldRoot, Bytes root) {
    return new ProofCheck.Proven(
        "the %d leaves below the root %s are the first of the %d below the root %s"
            .formatted(oldSize, MerkleTree.hex(oldRoot), size, MerkleTree.hex(root)));
  }

  private static ProofCheck different(String which, Bytes computed, Bytes given) {
    return refuted(
        "the hashes give the %s root '%s', which is not the given '%s'"
            .formatted(which, MerkleTree.hex(computed), MerkleTree.hex(given)));
  }

  private static ProofCheck refuted(String reason) {
    return new ProofCheck.Refuted(reason);
  }
}
