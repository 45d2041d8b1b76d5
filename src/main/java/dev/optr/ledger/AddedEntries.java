package dev.optr.ledger;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rules of {@link LinkRules} and {@link SignatureRules} for entries of runs that were put upon
 * what a checkpoint knows. They have two outcomes: nothing is wrong, or the whole ledger has to be
 * looked at, be it because something is wrong, or because an older line would have to be known.
 */
final class AddedEntries {
  private final Origin origin;
  private final LedgerCheckpoint checkpoint;
  private final Map<String, Known> known = new HashMap<>();
  private final Map<String, Known> added = new HashMap<>();
  private final Set<String> heads = new TreeSet<>();
  private final Set<Long> acts = new HashSet<>();

  /**
   * An entry and the run keys that count for what is put upon it.
   *
   * @param keys by fingerprint
   */
  private record Known(Entry entry, Map<String, SshPublicKey> keys) {}

  /**
   * @param origin of the genesis
   */
  AddedEntries(Origin origin, LedgerCheckpoint checkpoint) {
    this.origin = origin;
    this.checkpoint = checkpoint;
  }

  /** One of the checkpoint's. */
  void head(Entry entry, List<SshPublicKey> keys) {
    Map<String, SshPublicKey> byFingerprint = new HashMap<>();
    keys.forEach(key -> byFingerprint.put(key.fingerprint(), key));
    known.put(entry.id(), new Known(entry, byFingerprint));
    heads.add(entry.id());
  }

  /** Takes an entry whose form and id are right, parents before children; false where unsure. */
  boolean add(Entry entry) {
    if (!isNewRunOfThisLedger(entry) || !isLinked(entry) || !isNewAct(entry) || !isAbout(entry)) {
      return false;
    }
    Known put = new Known(entry, keysFor(entry));
    known.put(entry.id(), put);
    added.put(entry.id(), put);
    heads.removeAll(entry.body().common().parents());
    heads.add(entry.id());
    return true;
  }

  private boolean isNewRunOfThisLedger(Entry entry) {
    return !EntryType.of(entry.body()).isByRoot()
        && Origin.of(entry).equals(origin)
        && !known.containsKey(entry.id());
  }

  /** Every parent is known, and before the entry where both stand in one container. */
  private boolean isLinked(Entry entry) {
    Body.Common common = entry.body().common();
    long highest = -1;
    for (String id : common.parents()) {
      Known parent = known.get(id);
      if (parent == null || (added.containsKey(id) && standsBehind(parent.entry(), entry))) {
        return false;
      }
      Body.Common before = parent.entry().body().common();
      if (common.time().isBefore(before.time())) {
        return false;
      }
      highest = Math.max(highest, before.height());
    }
    return !common.parents().isEmpty() && common.height() == highest + 1;
  }

  private static boolean standsBehind(Entry parent, Entry child) {
    return parent.container().equals(child.container()) && parent.lineNumber() > child.lineNumber();
  }

  private boolean isNewAct(Entry entry) {
    Optional<Long> fingerprint = Act.of(entry.body()).map(Act::fingerprint);
    return fingerprint.isPresent()
        && !checkpoint.acts().contains(fingerprint.get())
        && acts.add(fingerprint.get());
  }

  /** An execution is of the tree of a run before it, an outcome of a run. */
  private boolean isAbout(Entry entry) {
    return switch (entry.body()) {
      case Body.Run _ -> true;
      case Body.Execution execution ->
          run(execution.entry())
              .filter(run -> execution.tree().equals(TreeComparison.tree(run.body())))
              .filter(run -> isAncestor(run, entry))
              .isPresent();
      case Body.Outcome outcome -> run(outcome.entry()).isPresent();
      case Body.Genesis _, Body.Key _ -> false;
    };
  }

  private Optional<Entry> run(String id) {
    return Optional.ofNullable(known.get(id))
        .map(Known::entry)
        .filter(entry -> entry.body() instanceof Body.Run);
  }

  private boolean isAncestor(Entry ancestor, Entry entry) {
    Deque<String> ahead = new ArrayDeque<>(entry.body().common().parents());
    Set<String> seen = new HashSet<>(ahead);
    while (!ahead.isEmpty()) {
      String id = ahead.pop();
      if (id.equals(ancestor.id())) {
        return true;
      }
      @Nullable Known at = added.get(id);
      if (at != null && at.entry().body().common().height() > ancestor.body().common().height()) {
        at.entry().body().common().parents().stream().filter(seen::add).forEach(ahead::push);
      }
    }
    return false;
  }

  /** They are the same ones for nearly all. */
  private Map<String, SshPublicKey> keysFor(Entry entry) {
    Map<String, SshPublicKey> keys = Map.of();
    for (String parent : entry.body().common().parents()) {
      Map<String, SshPublicKey> more = known.getOrDefault(parent, new Known(entry, keys)).keys();
      if (!keys.keySet().containsAll(more.keySet())) {
        Map<String, SshPublicKey> union = new HashMap<>(more);
        union.putAll(keys);
        keys = keys.isEmpty() ? more : union;
      }
    }
    return keys;
  }

  /** Each is signed once, well, by a run key that counts for it and that nobody revoked. */
  boolean areSigned() {
    return added.values().stream().allMatch(this::isSigned);
  }

  private boolean isSigned(Known line) {
    if (line.entry().signatures().size() != 1) {
      return false;
    }
    EntrySignature signature = line.entry().signatures().getFirst();
    SshPublicKey key = line.keys().get(signature.key());
    if (key == null || checkpoint.revoked().contains(signature.key())) {
      return false;
    }
    return heads.contains(line.entry().id())
        ? signature.isConfirmed(line.entry(), key)
        : signature.isGood(line.entry(), key);
  }

  /** True for entries that were added and for the checkpoint's heads. */
  boolean knows(String id) {
    return known.containsKey(id);
  }

  /** How many were added of a type. */
  int count(EntryType type) {
    return (int)
        added.values().stream().filter(it -> EntryType.of(it.entry().body()) == type).count();
  }

  int size() {
    return added.size();
  }

  /** Ids of what is nobody's parent now, sorted. */
  List<String> heads() {
    return List.copyOf(heads);
  }
}
