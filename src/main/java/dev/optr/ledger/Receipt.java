package dev.optr.ledger;

import dev.optr.base.Bytes;
import java.util.List;
import java.util.stream.Stream;

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

  /**
   * @param heads those of the union with the new entry
   * @param size number of entries in that union
   */
  static Receipt of(
      LedgerFiles files,
      String path,
      String genesisId,
      String entryId,
      List<Bytes> added,
      List<String> heads,
      int size) {
    Container container = files.at(path).orElseThrow();
    String root = MerkleTree.root(LedgerLines.linesOf(container.bytes()));
    Trailers trailers = new Trailers(entryId, heads, size, root, path);
    return new Receipt(entryId, genesisId, added, container, heads, size, root, trailers.text());
  }

  /**
   * The same for a commit that does not hold all of the ledger: the trailers tell heads and size of
   * the files there, this receipt's among them.
   *
   * @param there the other ledger files of that commit; one of the same path counts no more
   */
  public Receipt at(List<Container> there) {
    List<Container> files =
        Stream.concat(
                there.stream().filter(file -> !file.path().equals(container.path())),
                Stream.of(container))
            .toList();
    EntryGraph graph = EntryGraph.of(LedgerLines.read(files, new Findings()), genesisId);
    Trailers here = new Trailers(entryId, graph.heads(), graph.size(), root, container.path());
    return new Receipt(entryId, genesisId, newLines, container, heads, size, root, here.text());
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
