package dev.optr.ledger;

/** Which keys counted as run keys for which entries of a verified ledger. */
final class RunKeys {
  private final EntryGraph graph;
  private final KeyHistory keys;
  private final boolean signed;

  /**
   * @param signed whether the ledger has keys at all
   */
  RunKeys(EntryGraph graph, KeyHistory keys, boolean signed) {
    this.graph = graph;
    this.keys = keys;
    this.signed = signed;
  }

  boolean isSigned() {
    return signed;
  }

  boolean counts(Entry entry, SshPublicKey key) {
    String fingerprint = key.fingerprint();
    return graph.find(entry.id()).stream()
        .anyMatch(
            row -> keys.find(row, fingerprint).isPresent() && !keys.isRevoked(row, fingerprint));
  }
}
