package dev.optr.ledger;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which keys counted as run keys for which entries of a verified ledger. */
final class RunKeys {
  private final KeyHistory keys;
  private final boolean signed;

  private RunKeys(KeyHistory keys, boolean signed) {
    this.keys = keys;
    this.signed = signed;
  }

  /** Key entries that something was found about are left out of a verification, and count not. */
  static RunKeys of(Verification verification) {
    List<Entry> entries = verification.entries().stream().toList();
    Set<String> trusted = new HashSet<>();
    boolean signed = false;
    for (Entry entry : entries) {
      if (entry.body() instanceof Body.Key) {
        trusted.add(entry.id());
      }
      signed |= entry.body() instanceof Body.Genesis genesis && genesis.isSigned();
    }
    return new RunKeys(KeyHistory.of(EntryGraph.of(entries), trusted), signed);
  }

  /** Whether the ledger has keys at all. */
  boolean isSigned() {
    return signed;
  }

  boolean counts(Entry entry, SshPublicKey key) {
    return keys.find(entry, key.fingerprint()).isPresent()
        && !keys.isRevoked(entry, key.fingerprint());
  }
}
