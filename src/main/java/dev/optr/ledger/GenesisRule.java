package dev.optr.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides which genesis counts, and which lines are of its ledger. */
final class GenesisRule {
  private GenesisRule() {}

  /**
   * The genesis that counts: the pin, else that of base, else the first in container order, where
   * one of a repository on a host goes before a local one.
   */
  static Optional<Entry> choose(LedgerLines lines, VerifyOptions options, Findings findings) {
    List<Entry> candidates =
        lines.entries().stream().filter(entry -> entry.body() instanceof Body.Genesis).toList();
    String wanted =
        options.pinnedGenesis() != null ? options.pinnedGenesis() : options.baseGenesis();
    Optional<Entry> chosen =
        wanted == null
            ? candidates.stream()
                .filter(candidate -> !isLocal(candidate))
                .findFirst()
                .or(() -> candidates.stream().findFirst())
            : candidates.stream().filter(candidate -> candidate.id().equals(wanted)).findFirst();
    boolean damagedLines = !lines.damaged().isEmpty();
    if (chosen.isEmpty() && (!lines.entries().isEmpty() || damagedLines)) {
      findings.add(
          Code.E_GENESIS,
          wanted == null
              ? "no intact genesis is in any container"
              : "the genesis '" + wanted + "' is in no container");
    }
    return chosen;
  }

  /** The intact lines of the ledger that counts; reports all others. */
  static List<Entry> ownLines(LedgerLines lines, @Nullable Entry genesis, Findings findings) {
    List<Entry> own = new ArrayList<>();
    for (Entry entry : lines.entries()) {
      if (genesis == null || belongs(entry, genesis)) {
        own.add(entry);
      } else {
        findings.add(foreign(entry, genesis));
      }
    }
    return List.copyOf(own);
  }

  private static boolean belongs(Entry entry, Entry genesis) {
    return ledgerOf(entry).equals(genesis.id())
        && entry.body().common().repo().isSameAs(genesis.body().common().repo());
  }

  private static Finding foreign(Entry entry, Entry genesis) {
    if (isLocal(entry) && !isLocal(genesis) && !ledgerOf(entry).equals(genesis.id())) {
      return entry.finding(Code.W_FOREIGN_LOCAL, Code.W_FOREIGN_LOCAL.sentence());
    }
    if (entry.body() instanceof Body.Genesis) {
      return entry.finding(
          Code.E_GENESIS, "another genesis than '" + genesis.id() + "', which counts here");
    }
    RepositoryId repo = entry.body().common().repo();
    return entry.finding(
        Code.E_FOREIGN,
        "the entry is of ledger '"
            + ledgerOf(entry)
            + "' and repository "
            + repo.host()
            + "/"
            + repo.id());
  }

  private static boolean isLocal(Entry entry) {
    return entry.body().common().repo().isLocal();
  }

  private static String ledgerOf(Entry entry) {
    String ledger = entry.body().common().ledger();
    return ledger == null ? entry.id() : ledger;
  }
}
