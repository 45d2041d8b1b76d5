package dev.optr.app;

import dev.optr.git.GitRepository;
import dev.optr.git.RefTips;
import dev.optr.ledger.LedgerVerifier;
import dev.optr.ledger.LogWitness;
import dev.optr.ledger.LoggedAnchor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Looks for an entry in the verified history, and then at the other refs of the clone. */
final class BranchWitness implements LogWitness {
  private final GitRepository repository;
  private final Predicate<String> inHistory;
  private final RefTips refs;
  private @Nullable List<String> tips;
  private @Nullable Set<String> entries;

  /**
   * @param inHistory whether a commit of the verified history has an entry, by its id
   */
  BranchWitness(GitRepository repository, Predicate<String> inHistory) {
    this.repository = repository;
    this.inHistory = inHistory;
    this.refs = new RefTips(repository);
  }

  @Override
  public Whereabouts whereabouts(LoggedAnchor anchor) {
    if (inHistory.test(anchor.entry())) {
      return Whereabouts.TAKEN_AWAY;
    }
    if (refs.reach(tips(), anchor.commit()) || entries().contains(anchor.entry())) {
      return Whereabouts.ON_ANOTHER_BRANCH;
    }
    return repository.isShallow() || !refs.showAllBranches()
        ? Whereabouts.UNKNOWN
        : Whereabouts.NOWHERE;
  }

  private List<String> tips() {
    if (tips == null) {
      tips =
          refs.all().entrySet().stream()
              .filter(ref -> !LogRefs.isOurs(ref.getKey()))
              .map(java.util.Map.Entry::getValue)
              .distinct()
              .toList();
    }
    return tips;
  }

  private Set<String> entries() {
    if (entries == null) {
      Set<String> found = new HashSet<>();
      for (String tip : tips()) {
        found.addAll(LedgerVerifier.idsOf(RunLedger.at(repository, tip)));
      }
      entries = found;
    }
    return entries;
  }
}
