package dev.optr.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The keys of a ledger as all of its entries together have it. */
public record LedgerKeys(List<Known> keys) {
  public LedgerKeys {
    keys = List.copyOf(keys);
  }

  /** What a key may sign. */
  public enum Role {
    /** Genesis and key entries. */
    ROOT,
    /** Entries of runs. */
    RUN;

    /** As printed. */
    public String text() {
      return this == ROOT ? "root" : "run";
    }
  }

  /**
   * One key in one role.
   *
   * @param since id of the entry that added it
   * @param revokedBy id of the first entry that revoked it, or null
   */
  public record Known(SshPublicKey key, Role role, String since, @Nullable String revokedBy) {
    public boolean isRevoked() {
      return revokedBy != null;
    }
  }

  /** Reads them from the entries that nothing was found about. */
  public static LedgerKeys of(Verification verification) {
    List<Known> roots = new ArrayList<>();
    Map<String, Known> runKeys = new LinkedHashMap<>();
    Map<String, String> revoked = new LinkedHashMap<>();
    for (Entry entry : verification.entries().ofKeys().toList()) {
      switch (entry.body()) {
        case Body.Genesis genesis -> {
          genesis.rootKeys().forEach(key -> roots.add(new Known(key, Role.ROOT, entry.id(), null)));
          add(runKeys, genesis.signers(), entry.id());
        }
        case Body.Key key -> {
          add(runKeys, key.add(), entry.id());
          key.revoke().forEach(one -> revoked.putIfAbsent(one.key(), entry.id()));
        }
        case Body.Run _, Body.Execution _, Body.Outcome _ -> {}
      }
    }
    List<Known> all = new ArrayList<>(roots);
    // A revocation anywhere counts, also one that no ancestor of the entry that added it knew.
    runKeys.forEach(
        (fingerprint, known) ->
            all.add(new Known(known.key(), known.role(), known.since(), revoked.get(fingerprint))));
    return new LedgerKeys(all);
  }

  private static void add(Map<String, Known> runKeys, List<SshPublicKey> keys, String entry) {
    keys.forEach(
        key -> runKeys.putIfAbsent(key.fingerprint(), new Known(key, Role.RUN, entry, null)));
  }

  /** Run keys that an entry put upon all heads may be signed with. */
  Set<String> usable() {
    return keys.stream()
        .filter(known -> known.role() == Role.RUN && !known.isRevoked())
        .map(known -> known.key().fingerprint())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The run key with that fingerprint, revoked or not. */
  Optional<Known> runKey(String fingerprint) {
    return keys.stream()
        .filter(known -> known.role() == Role.RUN)
        .filter(known -> known.key().fingerprint().equals(fingerprint))
        .findFirst();
  }
}
