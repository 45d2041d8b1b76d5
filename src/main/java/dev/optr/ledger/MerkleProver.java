package dev.optr.ledger;

import dev.optr.base.Bytes;
import java.io.IOException;

/**
 * Makes proofs about the lines of a file. The file is read through and never held; what is kept
 * grows with the logarithm of the number of lines.
 */
public final class MerkleProver {
  private final LineSource lines;

  public MerkleProver(LineSource lines) {
    this.lines = lines;
  }

  /**
   * Root over all lines.
   *
   * @param root 32 bytes
   */
  public record Tree(long size, Bytes root) {}

  /**
   * @param root over all lines of the file that the proof was made of
   */
  public record Included(InclusionProof proof, Bytes leafHash, Bytes root) {}

  /**
   * @param oldRoot over the first lines
   * @param root over all lines
   */
  public record Consistent(ConsistencyProof proof, Bytes oldRoot, Bytes root) {}

  /** Root over the lines of the file. */
  public Tree tree() throws IOException {
    MerkleTree tree = new MerkleTree();
    lines.forEachLine((_, line) -> tree.add(MerkleTree.leafHash(line)));
    return new Tree(tree.size(), tree.root());
  }

  /**
   * That the line with this index, from 0, is in the file.
   *
   * @throws IllegalArgumentException where there is no such line
   */
  public Included inclusion(long index) throws IOException {
    long size = count();
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("of %d lines there is no line %d".formatted(size, index));
    }
    MerkleTree tree = new MerkleTree();
    MerkleTree leaf = new MerkleTree();
    MerkleRanges path = new MerkleRanges(MerkleRanges.ofInclusion(index, size));
    lines.forEachLine(
        (place, line) -> {
          Bytes hash = MerkleTree.leafHash(line);
          tree.add(hash);
          path.add(place, hash);
          if (place == index) {
            leaf.add(hash);
          }
        });
    requireSame(size, tree);
    return new Included(new InclusionProof(index, size, path.hashes()), leaf.root(), tree.root());
  }

  /**
   * That the first lines of the file are the ledger as it was when it had so many.
   *
   * @param oldSize from 1 to the number of lines
   * @throws IllegalArgumentException where the file has fewer lines
   */
  public Consistent consistency(long oldSize) throws IOException {
    long size = count();
    if (oldSize < 1 || oldSize > size) {
      throw new IllegalArgumentException(
          "of %d lines there are no first %d".formatted(size, oldSize));
    }
    MerkleTree tree = new MerkleTree();
    MerkleTree older = new MerkleTree();
    MerkleRanges path = new MerkleRanges(MerkleRanges.ofConsistency(oldSize, size));
    lines.forEachLine(
        (place, line) -> {
          Bytes hash = MerkleTree.leafHash(line);
          tree.add(hash);
          path.add(place, hash);
          if (place < oldSize) {
            older.add(hash);
          }
        });
    requireSame(size, tree);
    return new Consistent(
        new ConsistencyProof(oldSize, size, path.hashes()), older.root(), tree.root());
  }

  private long count() throws IOException {
    long[] count = {0};
    lines.forEachLine((_, _) -> count[0]++);
    return count[0];
  }

  private static void requireSame(long size, MerkleTree tree) throws IOException {
    if (tree.size() != size) {
      throw new IOException("it changed while it was read");
    }
  }
}
