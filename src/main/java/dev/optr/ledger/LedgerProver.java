package dev.optr.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes proofs about one ledger file, which is read through and never held. Whether the ledger is
 * intact is for verification to say.
 */
public final class LedgerProver {
  private final LineSource lines;
  private final Function<MerkleProver.Tree, ProofDocument.Origin> origin;

  /**
   * @param origin where the file is from; told its size and root, so that an anchor can be found
   */
  public LedgerProver(LineSource lines, Function<MerkleProver.Tree, ProofDocument.Origin> origin) {
    this.lines = lines;
    this.origin = origin;
  }

  /**
   * A line of the file.
   *
   * @param index from 0
   */
  public record Found(long index, String entry, String line) {}

  /** The intact lines whose entry's id begins so. */
  public List<Found> find(String idBeginning) throws IOException {
    // Read as JSON are those lines alone that can be meant: a file can have very many.
    byte[] member = ("\"id\":\"" + idBeginning).getBytes(US_ASCII);
    LineReader reader = new LineReader();
    List<Found> found = new ArrayList<>();
    lines.forEachLine(
        (index, line) -> {
          if (contains(line, member)
              && reader.read("", 1, line) instanceof LineReader.Line.Intact(Entry entry)
              && entry.id().startsWith(idBeginning)) {
            found.add(new Found(index, entry.id(), new String(line, UTF_8)));
          }
        });
    return found;
  }

  /** That a line that was found is in the file. */
  public ProofDocument inclusion(Found found) throws IOException {
    MerkleProver.Included made = new MerkleProver(lines).inclusion(found.index());
    return new ProofDocument.Inclusion(
        origin.apply(new MerkleProver.Tree(made.proof().size(), made.root())),
        found.entry(),
        made.proof(),
        made.root(),
        found.line());
  }

  /**
   * That the file only grew since it had so many lines; empty where it never had that many.
   *
   * @param oldSize from 1
   */
  public Optional<ProofDocument> consistency(long oldSize) throws IOException {
    if (oldSize > new MerkleProver(lines).tree().size()) {
      return Optional.empty();
    }
    MerkleProver.Consistent made = new MerkleProver(lines).consistency(oldSize);
    return Optional.of(
        new ProofDocument.Consistency(
            origin.apply(new MerkleProver.Tree(made.proof().size(), made.root())),
            made.proof(),
            made.oldRoot(),
            made.root()));
  }

  private static boolean contains(byte[] line, byte[] part) {
    for (int start = 0; start + part.length <= line.length; start++) {
      int same = 0;
      while (same < part.length && line[start + same] == part[same]) {
        same++;
      }
      if (same == part.length) {
        return true;
      }
    }
    return false;
  }
}
