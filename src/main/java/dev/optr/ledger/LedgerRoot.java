package dev.optr.ledger;

/**
 * RFC 6962 root over the lines of a ledger file.
 *
 * @param root 64 hex digits
 * @param lines how many
 */
public record LedgerRoot(String root, int lines) {
  /** Computes it. */
  public static LedgerRoot of(Container container) {
    Counting counting = new Counting();
    LineTable.split(container.bytes().toArray(), counting::line);
    return new LedgerRoot(counting.frontier.root(), counting.lines);
  }

  /** For people. */
  public String text() {
    return "sha256:" + root + ", " + lines + (lines == 1 ? " line" : " lines");
  }

  private static final class Counting {
    private MerkleFrontier frontier = MerkleFrontier.EMPTY;
    private int lines;

    void line(byte[] line, boolean ended) {
      frontier = frontier.with(MerkleTree.leafHash(line));
      lines++;
    }
  }
}
