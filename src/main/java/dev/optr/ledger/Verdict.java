package dev.optr.ledger;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What verification comes to, without the entries themselves.
 *
 * @param genesis id of the one that counts; null where there is none
 * @param size number of entries in the union
 * @param heads entries that are nobody's parent, sorted
 * @param intact the entries that nothing was found about
 */
public record Verdict(
    Verification.Result result,
    Trust trust,
    @Nullable String genesis,
    int size,
    List<String> heads,
    List<Finding> findings,
    List<Finding> warnings,
    Intact intact) {
  public Verdict {
    heads = List.copyOf(heads);
    findings = List.copyOf(findings);
    warnings = List.copyOf(warnings);
  }

  /**
   * Entries that nothing was found about.
   *
   * @param repository as the genesis names it; null where that is not among them
   * @param counts how many there are of each type, by its name
   */
  public record Intact(@Nullable RepositoryId repository, SortedMap<String, Integer> counts) {
    public Intact {
      counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    static Intact of(Entries entries) {
      RepositoryId repository =
          entries
              .ofKeys()
              .filter(entry -> entry.body() instanceof Body.Genesis)
              .findFirst()
              .map(entry -> entry.body().common().repo())
              .orElse(null);
      return new Intact(repository, entries.countsByType());
    }
  }
}
