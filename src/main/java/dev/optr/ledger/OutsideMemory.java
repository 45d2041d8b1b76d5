package dev.optr.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody outside of the repository remembers of the ledger: entries that must still be
 * there, and how many there were at least. A ledger that is cut at its end, together with its
 * history, is found by such a memory alone.
 */
public final class OutsideMemory {
  private final List<Memory> memories;

  /** One thing that is remembered. */
  public sealed interface Memory {
    /** Where it comes from, for the reader. */
    String source();
  }

  /**
   * The ledger at some time.
   *
   * @param entries ids
   * @param size number of entries at that time; 0 where that is not known
   */
  public record Entries(String source, Collection<String> entries, long size) implements Memory {
    public Entries {
      entries = List.copyOf(entries);
    }
  }

  /** A commit that was there, and that this clone has not got. */
  public record AbsentCommit(String source, String commit) implements Memory {}

  public OutsideMemory(List<? extends Memory> memories) {
    this.memories = List.copyOf(memories);
  }

  /** The verification with E_ROLLBACK where a memory says otherwise. */
  public Verification verify(Verification verification, LedgerPast past) {
    if (memories.isEmpty()) {
      return verification;
    }
    Verification checked = verification.without(Code.W_NO_OUTSIDE_MEMORY);
    for (Memory memory : memories) {
      checked =
          switch (memory) {
            case Entries entries -> checked.with(missing(entries, verification.size(), past));
            case AbsentCommit absent -> absent(checked, absent, past);
          };
    }
    return checked;
  }

  private static List<Finding> missing(Entries memory, int size, LedgerPast past) {
    List<Finding> findings = new ArrayList<>();
    memory.entries().stream()
        .filter(id -> !past.isPresent(id))
        .forEach(id -> findings.add(rollback(memory, id, "the entry was here and is gone")));
    if (size < memory.size()) {
      String message = "there were %d entries, now there are %d".formatted(memory.size(), size);
      findings.add(rollback(memory, null, message));
    }
    return findings;
  }

  /** A shallow clone lacks commits that nobody took away. */
  private static Verification absent(
      Verification verification, AbsentCommit memory, LedgerPast past) {
    boolean shallow = !past.cuts().isEmpty();
    Finding finding =
        new Finding(
            shallow ? Code.W_UNREACHABLE : Code.E_ROLLBACK,
            null,
            null,
            null,
            null,
            memory.commit(),
            memory.source() + ": the commit is not in this repository");
    return shallow ? verification.undecided(List.of(finding)) : verification.with(List.of(finding));
  }

  private static Finding rollback(Memory memory, @Nullable String id, String message) {
    return new Finding(
        Code.E_ROLLBACK, null, null, id, null, null, memory.source() + ": " + message);
  }
}
