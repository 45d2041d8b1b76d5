package dev.optr.ledger;

import dev.optr.base.Bytes;
import java.util.List;

/**
 * An entry that now has to be committed.
 *
 * @param newLines what was added, without LF; a genesis goes first where one was needed
 * @param container the whole file that received them
 * @param heads heads of the union with the new entry
 * @param size number of entries in that union
 * @param root RFC 6962 root over the lines of that file
 * @param trailers for the message of the anchor commit; one per line, final LF
 */
public record Receipt(
    String entryId,
    String genesisId,
    List<Bytes> newLines,
    Container container,
    List<String> heads,
    int size,
    String root,
    String trailers)
    implements AppendResult {
  public Receipt {
    newLines = List.copyOf(newLines);
    heads = List.copyOf(heads);
  }

  /** Verifies what the files have become; refused where anything is found. */
  static AppendResult of(
      LedgerVerifier verifier,
      VerifyOptions options,
      LedgerFiles files,
      String path,
      String genesisId,
      String entryId,
      List<Bytes> added) {
    Verification after =
        verifier.verify(files.containers(), options.checking(VerifyOptions.Signatures.LINKS));
    return after.findings().isEmpty()
        ? of(after, files, path, genesisId, entryId, added)
        : new AppendResult.Refused(after);
  }

  static Receipt of(
      Verification after,
      LedgerFiles files,
      String path,
      String genesisId,
      String entryId,
      List<Bytes> added) {
    Container container = files.at(path).orElseThrow();
    String root = MerkleTree.root(LedgerLines.linesOf(container.bytes()));
    Trailers trailers = new Trailers(entryId, after.heads(), after.size(), root, path);
    return new Receipt(
        entryId, genesisId, added, container, after.heads(), after.size(), root, trailers.text());
  }

  /** True where the ledger had no entry before this one. */
  public boolean beginsLedger() {
    return size == 2;
  }

  public String containerPath() {
    return container.path();
  }

  public Bytes containerBytes() {
    return container.bytes();
  }
}
