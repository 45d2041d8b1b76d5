package dev.optr.ledger;

import dev.optr.ledger.LedgerCheckpoint.Head;
import dev.optr.ledger.LedgerCheckpoint.Place;
import dev.optr.ledger.LedgerCheckpoint.Prefix;
import java.util.List;
import java.util.Optional;

/**
 * Makes a checkpoint around a verification. Containers are digested before they are verified and
 * after it, so that a file which changed meanwhile gives none.
 */
public final class CheckpointMaker {
  private final List<Container> containers;
  private final PrefixDigest digest = new PrefixDigest(Scanning.standard().workers());
  private final List<Prefix> before;

  /** To be called before these are verified. */
  public CheckpointMaker(List<Container> containers) {
    this.containers = Container.inOrder(containers);
    this.before = digest.of(this.containers);
  }

  /**
   * The checkpoint after the verification, where nothing was found that any later entry could
   * change, and every signature was checked.
   */
  public Optional<LedgerCheckpoint> after(Verification verification, VerifyOptions options) {
    boolean isWhole =
        options.signatures() == VerifyOptions.Signatures.FULL && options.since() == null;
    boolean isIntact = verification.findings().isEmpty() && verification.trust() != Trust.NONE;
    boolean isAlone =
        verification.warnings().stream().noneMatch(one -> one.code() == Code.W_FOREIGN_LOCAL);
    return isWhole && isIntact && isAlone && before.equals(digest.of(containers))
        ? verification.entries().checkpoint(before)
        : Optional.empty();
  }

  /** Of a ledger of whose lines nothing was found, and all of which are its own. */
  static Optional<LedgerCheckpoint> checkpoint(
      Entries entries,
      LedgerLines lines,
      EntryGraph graph,
      KeyHistory keys,
      List<Prefix> prefixes) {
    EntryTable table = lines.table();
    // What such an outcome is about may still come, and may then be no run.
    boolean isComplete =
        graph
            .rows()
            .filter(row -> table.type(row) == EntryType.OUTCOME)
            .allMatch(row -> graph.contains(table.subject(row)));
    boolean isStamped = entries.ofMixedSignatures().anyMatch(TimestampVerifier::isStamped);
    if (!isComplete || isStamped) {
      return Optional.empty();
    }
    int first =
        graph.rows().filter(row -> table.type(row) == EntryType.GENESIS).findFirst().orElseThrow();
    List<Head> heads =
        graph
            .rows()
            .filter(graph::isHead)
            .mapToObj(
                row ->
                    new Head(
                        table.id(row),
                        place(table, row),
                        keys.keysOf(row).stream().map(SshPublicKey::line).toList()))
            .toList();
    return Optional.of(
        new LedgerCheckpoint(
            table.id(first),
            prefixes,
            place(table, first),
            heads,
            entries.countsByType(),
            keys.revoked(),
            ActSet.of(entries.acts())));
  }

  private static Place place(EntryTable table, int row) {
    return new Place(table.container(row), table.offset(row), table.length(row));
  }
}
