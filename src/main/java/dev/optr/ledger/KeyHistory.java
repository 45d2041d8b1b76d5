package dev.optr.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which run keys count for which entry. A key counts where an ancestor added it and, once it is
 * revoked, only inside of the closure that the revocation names. Times play no part, so a stolen
 * key cannot date itself back.
 */
final class KeyHistory {
  private static final int NO_KEYS = 0;

  private final EntryGraph graph;

  /** The number of its keys for each entry; they are the same ones for nearly all. */
  private final int[] keysOf;

  private final List<Map<String, SshPublicKey>> keySets = new ArrayList<>(List.of(Map.of()));
  private final Map<String, List<EntryGraph.Closure>> revocations = new HashMap<>();

  private KeyHistory(EntryGraph graph, int rows) {
    this.graph = graph;
    this.keysOf = new int[rows];
  }

  /**
   * @param trusted ids of the key entries that root keys signed; others change nothing
   */
  static KeyHistory of(LedgerLines lines, EntryGraph graph, Set<String> trusted) {
    KeyHistory history = new KeyHistory(graph, lines.table().size());
    graph
        .rows()
        .forEach(
            row -> {
              history.inherit(row);
              if (lines.table().type(row).isByRoot()) {
                history.change(row, lines.entry(row), trusted);
              }
            });
    return history;
  }

  private void inherit(int row) {
    for (int i = 0; i < graph.parentCount(row); i++) {
      int parent = graph.parent(row, i);
      if (parent >= 0) {
        keysOf[row] = union(keysOf[row], keysOf[parent]);
      }
    }
  }

  private int union(int one, int other) {
    if (one == other || other == NO_KEYS) {
      return one;
    }
    if (one == NO_KEYS) {
      return other;
    }
    Map<String, SshPublicKey> union = new HashMap<>(keySets.get(one));
    union.putAll(keySets.get(other));
    return number(union);
  }

  private int number(Map<String, SshPublicKey> keys) {
    int known = keySets.indexOf(keys);
    if (known >= 0) {
      return known;
    }
    keySets.add(Map.copyOf(keys));
    return keySets.size() - 1;
  }

  private void change(int row, Entry entry, Set<String> trusted) {
    switch (entry.body()) {
      case Body.Genesis genesis -> add(row, genesis.signers());
      case Body.Key key when trusted.contains(entry.id()) -> {
        add(row, key.add());
        for (Body.Revocation revocation : key.revoke()) {
          revocations
              .computeIfAbsent(revocation.key(), _ -> new ArrayList<>())
              .add(graph.closure(revocation.after()));
        }
      }
      case Body.Key _, Body.Run _, Body.Execution _, Body.Outcome _ -> {}
    }
  }

  private void add(int row, List<SshPublicKey> added) {
    Map<String, SshPublicKey> keys = new HashMap<>(keySets.get(keysOf[row]));
    added.forEach(key -> keys.put(key.fingerprint(), key));
    keysOf[row] = number(keys);
  }

  /** The key, where the entry or an ancestor of it added it. */
  Optional<SshPublicKey> find(int row, String fingerprint) {
    return Optional.ofNullable(keySets.get(keysOf[row]).get(fingerprint));
  }

  /** All keys that the entry or an ancestor of it added. */
  List<SshPublicKey> keysOf(int row) {
    return List.copyOf(keySets.get(keysOf[row]).values());
  }

  /** Fingerprints of the keys that any revocation names. */
  Set<String> revoked() {
    return Set.copyOf(revocations.keySet());
  }

  /** True where a revocation anywhere in the ledger leaves the entry outside. */
  boolean isRevoked(int row, String fingerprint) {
    return revocations.getOrDefault(fingerprint, List.of()).stream()
        .anyMatch(closure -> !closure.contains(row));
  }
}
