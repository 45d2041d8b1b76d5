package dev.optr.ledger;

import dev.optr.base.Bytes;
import java.util.List;

/**
 * That a leaf stands at one place of a tree (RFC 6962, section 2.1.1).
 *
 * @param index of the leaf, from 0
 * @param size how many leaves the tree has
 * @param hashes of the neighbours on the way from the leaf up to the root, 32 bytes each
 */
public record InclusionProof(long index, long size, List<Bytes> hashes) {
  public InclusionProof {
    hashes = List.copyOf(hashes);
  }

  /** Checks it as RFC 9162, section 2.1.3.2 says. */
  public ProofCheck check(Bytes leafHash, Bytes root) {
    if (index < 0 || index >= size) {
      return new ProofCheck.Refuted("a tree of %d leaves has no leaf %d".formatted(size, index));
    }
    if (leafHash.size() != MerkleTree.HASH_SIZE) {
      return new ProofCheck.Refuted(
          "the hash of a leaf has %d bytes, not %d"
              .formatted(MerkleTree.HASH_SIZE, leafHash.size()));
    }
    long node = index;
    long last = size - 1;
    Bytes hash = leafHash;
    for (Bytes neighbour : hashes) {
      if (last == 0) {
        return new ProofCheck.Refuted(
            "%d hashes are too many for leaf %d of %d".formatted(hashes.size(), index, size));
      }
      boolean right = (node & 1) == 1;
      if (right || node == last) {
        hash = MerkleTree.nodeHash(neighbour, hash);
        // A left node at the end of its level has no neighbour and goes up unchanged.
        int levels = Long.numberOfTrailingZeros(node);
        node >>>= levels;
        last >>>= levels;
      } else {
        hash = MerkleTree.nodeHash(hash, neighbour);
      }
      node >>>= 1;
      last >>>= 1;
    }
    if (last != 0) {
      return new ProofCheck.Refuted(
          "%d hashes are too few for leaf %d of %d".formatted(hashes.size(), index, size));
    }
    return hash.equals(root)
        ? new ProofCheck.Proven(
            "leaf %d of the %d below the root %s is the given one"
                .formatted(index, size, MerkleTree.hex(root)))
        : new ProofCheck.Refuted(
            "the leaf and the hashes give the root '%s', which is not the given '%s'"
                .formatted(MerkleTree.hex(hash), MerkleTree.hex(root)));
  }
}
