package dev.optr.ledger;

import dev.optr.base.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A ledger that was verified once, from its first line to its last, and may get one more entry.
 * What follows costs no second look at it: a new entry stands upon the heads, and these are known.
 */
public final class VerifiedLedger {
  private final Entry genesis;
  private final LedgerFiles files;
  private final String path;
  private final List<Bytes> added;
  private final Verification verification;
  private final long[] acts;

  /**
   * @param files with the genesis line, where the container needed one
   * @param path of the container that the next entry goes to
   * @param added that genesis line
   */
  VerifiedLedger(
      Entry genesis, LedgerFiles files, String path, List<Bytes> added, Verification verification) {
    this.genesis = genesis;
    this.files = files;
    this.path = path;
    this.added = List.copyOf(added);
    this.verification = verification;
    this.acts = verification.entries().acts();
  }

  /** What was found; with any finding nothing can be appended. */
  public Verification verification() {
    return verification;
  }

  /** The entry that an act made before, where there is one. */
  Optional<Entry> find(Act act) {
    boolean mayBeThere = Arrays.binarySearch(acts, act.fingerprint()) >= 0;
    return mayBeThere ? verification.entries().ofAct(act).findFirst() : Optional.empty();
  }

  Optional<Entry> find(String id) {
    return verification.entries().find(id);
  }

  Entry genesis() {
    return genesis;
  }

  LedgerFiles files() {
    return files;
  }

  String path() {
    return path;
  }

  List<Bytes> added() {
    return added;
  }
}
