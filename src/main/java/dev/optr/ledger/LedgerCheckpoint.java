package dev.optr.ledger;

import dev.optr.base.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * Says "these very bytes were verified, with every signature, and nothing was found", and has what
 * an entry that comes later needs to know of those bytes. It is a memory of whoever verified: of
 * other bytes it says nothing.
 */
public final class LedgerCheckpoint {
  private final String genesis;
  private final List<Prefix> prefixes;
  private final Place first;
  private final List<Head> heads;
  private final SortedMap<String, Integer> counts;
  private final Set<String> revoked;
  private final ActSet acts;

  /**
   * What was in a container.
   *
   * @param size in bytes
   * @param digest of {@link PrefixDigest}
   */
  record Prefix(long size, String digest) {}

  /**
   * Where a line stands.
   *
   * @param container its index in container order
   * @param length without LF
   */
  record Place(int container, long offset, int length) {}

  /**
   * An entry that was nobody's parent.
   *
   * @param keys run keys that it or an ancestor of it added, each as {@link SshPublicKey#line}
   */
  record Head(String id, Place place, List<String> keys) {
    Head {
      keys = List.copyOf(keys);
    }
  }

  /**
   * @param genesis its id
   * @param prefixes in container order
   * @param first where the genesis stands
   * @param counts how many entries there were of each type, by its name
   * @param revoked fingerprints of keys that do not count everywhere
   * @param acts what runs did
   */
  LedgerCheckpoint(
      String genesis,
      List<Prefix> prefixes,
      Place first,
      List<Head> heads,
      SortedMap<String, Integer> counts,
      Set<String> revoked,
      ActSet acts) {
    this.genesis = genesis;
    this.prefixes = List.copyOf(prefixes);
    this.first = first;
    this.heads = List.copyOf(heads);
    this.counts = counts;
    this.revoked = Set.copyOf(revoked);
    this.acts = acts;
  }

  /**
   * Reads what {@link #bytes} wrote.
   *
   * @param tool version of the program that asks
   * @return empty for anything else, also where another version of the program wrote it
   */
  public static Optional<LedgerCheckpoint> parse(byte[] file, String tool) {
    return CheckpointForm.parse(file, tool);
  }

  /**
   * To be kept where nobody else can write.
   *
   * @param tool version of the program that verified
   */
  public Bytes bytes(String tool) {
    return CheckpointForm.bytes(this, tool);
  }

  /** Id of the ledger's genesis. */
  public String genesis() {
    return genesis;
  }

  List<Prefix> prefixes() {
    return prefixes;
  }

  Place first() {
    return first;
  }

  List<Head> heads() {
    return heads;
  }

  SortedMap<String, Integer> counts() {
    return counts;
  }

  Set<String> revoked() {
    return revoked;
  }

  ActSet acts() {
    return acts;
  }

  /** How many entries there were. */
  int size() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** True for as many containers, none of them shorter than it was. */
  boolean fits(List<Container> inOrder) {
    return inOrder.size() == prefixes.size()
        && IntStream.range(0, prefixes.size())
            .allMatch(i -> inOrder.get(i).content().size() >= prefixes.get(i).size());
  }

  /** True where every container that {@link #fits} begins with the bytes that were verified. */
  boolean isBeginningOf(List<Container> inOrder) {
    PrefixDigest digest = new PrefixDigest(Scanning.standard().workers());
    return IntStream.range(0, prefixes.size())
        .allMatch(
            i -> {
              Prefix prefix = prefixes.get(i);
              return digest.of(inOrder.get(i).content(), prefix.size()).equals(prefix.digest());
            });
  }
}
