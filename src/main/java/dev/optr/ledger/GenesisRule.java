package dev.optr.ledger;

import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Decides which genesis counts, and which lines are of its ledger. */
final class GenesisRule {
  private GenesisRule() {}

  /**
   * The genesis that counts: the pin, else that of base, else the first in container order, where
   * one of a repository on a host goes before a local one.
   */
  static Optional<Entry> choose(LedgerLines lines, VerifyOptions options, Findings findings) {
    EntryTable table = lines.table();
    List<Integer> candidates =
        IntStream.range(0, table.size())
            .filter(row -> table.type(row) == EntryType.GENESIS)
            .boxed()
            .toList();
    String wanted =
        options.pinnedGenesis() != null ? options.pinnedGenesis() : options.baseGenesis();
    Optional<Integer> chosen =
        wanted == null
            ? candidates.stream()
                .filter(candidate -> !table.origin(candidate).isLocal())
                .findFirst()
                .or(() -> candidates.stream().findFirst())
            : candidates.stream().filter(row -> table.id(row).equals(wanted)).findFirst();
    boolean damagedLines = !lines.damaged().isEmpty();
    if (chosen.isEmpty() && (table.size() > 0 || damagedLines)) {
      findings.add(
          Code.E_GENESIS,
          wanted == null
              ? "no intact genesis is in any container"
              : "the genesis '" + wanted + "' is in no container");
    }
    return chosen.map(lines::entry);
  }

  /** The rows of the ledger that counts; reports all others. */
  static BitSet ownRows(LedgerLines lines, @Nullable Entry genesis, Findings findings) {
    EntryTable table = lines.table();
    Origin counts = genesis == null ? null : Origin.of(genesis);
    BitSet own = table.rowsOf(origin -> counts == null || origin.equals(counts));
    for (int row = own.nextClearBit(0); row < table.size(); row = own.nextClearBit(row + 1)) {
      findings.add(foreign(lines.entry(row), Objects.requireNonNull(genesis)));
    }
    return own;
  }

  private static Finding foreign(Entry entry, Entry genesis) {
    Origin origin = Origin.of(entry);
    boolean isLocal = origin.isLocal() && !Origin.of(genesis).isLocal();
    if (isLocal && !origin.ledger().equals(genesis.id())) {
      return entry.finding(Code.W_FOREIGN_LOCAL, Code.W_FOREIGN_LOCAL.sentence());
    }
    if (entry.body() instanceof Body.Genesis) {
      return entry.finding(
          Code.E_GENESIS, "another genesis than '" + genesis.id() + "', which counts here");
    }
    return entry.finding(
        Code.E_FOREIGN,
        "the entry is of ledger '"
            + origin.ledger()
            + "' and repository "
            + origin.host()
            + "/"
            + origin.repository());
  }
}
