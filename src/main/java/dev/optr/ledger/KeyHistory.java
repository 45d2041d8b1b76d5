package dev.optr.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which run keys count for which entry. A key counts where an ancestor added it and, once it is
 * revoked, only inside of the closure that the revocation names. Times play no part, so a stolen
 * key cannot date itself back.
 */
final class KeyHistory {
  private final Map<String, Map<String, SshPublicKey>> known;
  private final Map<String, List<EntryGraph.Closure>> revocations;

  private KeyHistory(
      Map<String, Map<String, SshPublicKey>> known,
      Map<String, List<EntryGraph.Closure>> revocations) {
    this.known = known;
    this.revocations = revocations;
  }

  /**
   * @param trusted ids of the key entries that root keys signed; others change nothing
   */
  static KeyHistory of(EntryGraph graph, Set<String> trusted) {
    Map<String, Map<String, SshPublicKey>> known = new HashMap<>();
    Map<String, List<EntryGraph.Closure>> revocations = new HashMap<>();
    for (Entry entry : graph.entries()) {
      Map<String, SshPublicKey> keys = inherited(graph, entry, known);
      switch (entry.body()) {
        case Body.Genesis genesis -> keys = adding(keys, genesis.signers());
        case Body.Key key when trusted.contains(entry.id()) -> {
          keys = adding(keys, key.add());
          for (Body.Revocation revocation : key.revoke()) {
            revocations
                .computeIfAbsent(revocation.key(), _ -> new ArrayList<>())
                .add(graph.closure(revocation.after()));
          }
        }
        case Body.Key _, Body.Run _, Body.Execution _, Body.Outcome _ -> {}
      }
      known.put(entry.id(), keys);
    }
    return new KeyHistory(known, revocations);
  }

  /** The parents' keys; shared wherever they are the same, which they nearly always are. */
  private static Map<String, SshPublicKey> inherited(
      EntryGraph graph, Entry entry, Map<String, Map<String, SshPublicKey>> known) {
    Map<String, SshPublicKey> keys = Map.of();
    for (Entry parent : graph.parents(entry)) {
      Map<String, SshPublicKey> more = known.getOrDefault(parent.id(), Map.of());
      if (keys.isEmpty()) {
        keys = more;
      } else if (!keys.entrySet().containsAll(more.entrySet())) {
        Map<String, SshPublicKey> union = new HashMap<>(keys);
        union.putAll(more);
        keys = Map.copyOf(union);
      }
    }
    return keys;
  }

  private static Map<String, SshPublicKey> adding(
      Map<String, SshPublicKey> keys, List<SshPublicKey> added) {
    Map<String, SshPublicKey> union = new HashMap<>(keys);
    added.forEach(key -> union.put(key.fingerprint(), key));
    return Map.copyOf(union);
  }

  /** The key, where the entry or an ancestor of it added it. */
  Optional<SshPublicKey> find(Entry entry, String fingerprint) {
    return Optional.ofNullable(known.getOrDefault(entry.id(), Map.of()).get(fingerprint));
  }

  /** True where a revocation anywhere in the ledger leaves the entry outside. */
  boolean isRevoked(Entry entry, String fingerprint) {
    return revocations.getOrDefault(fingerprint, List.of()).stream()
        .anyMatch(closure -> !closure.contains(entry.id()));
  }

  /** Run keys that an entry put upon these heads may be signed with. */
  Set<String> usableAt(List<String> heads) {
    return heads.stream()
        .flatMap(head -> known.getOrDefault(head, Map.of()).keySet().stream())
        .filter(fingerprint -> !revocations.containsKey(fingerprint))
        .collect(Collectors.toUnmodifiableSet());
  }
}
