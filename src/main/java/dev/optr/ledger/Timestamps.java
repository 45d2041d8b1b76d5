package dev.optr.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the time stamps of a ledger say.
 *
 * @param good over their entries and sound; where authorities are known, by one of them
 * @param unknown sound, but by none of the authorities that are known
 * @param newest time of the newest good one; null where there is none
 * @param newestEntry the entry that it is over
 * @param authoritiesKnown whether it was checked who made them
 * @param findings E_SIG for each that does not fit its line
 */
public record Timestamps(
    int good,
    int unknown,
    @Nullable Instant newest,
    @Nullable String newestEntry,
    boolean authoritiesKnown,
    List<Finding> findings) {
  public Timestamps {
    findings = List.copyOf(findings);
  }

  /** True where the ledger has any. */
  public boolean any() {
    return good + unknown + findings.size() > 0;
  }
}
