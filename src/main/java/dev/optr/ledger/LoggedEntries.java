package dev.optr.ledger;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The entries that the anchor log names, each with the keys of the ledger that holds it: the one
 * that was verified, or, where no container has the entry, what its anchor holds.
 */
final class LoggedEntries {
  private final String genesis;
  private final Book verified;
  private final Set<String> present;
  private final LogSource commits;
  private final Function<String, List<Container>> filesAt;
  private final Map<LoggedAnchor, Optional<Found>> known = new HashMap<>();

  /** Intact entries, with the keys that count for each. */
  private record Book(Entries entries, RunKeys keys) {
    static Book of(Verification verification) {
      return new Book(verification.entries(), verification.entries().runKeys());
    }

    Optional<Found> find(String id) {
      return entries.find(id).map(entry -> new Found(entry, keys));
    }
  }

  /** An intact entry. */
  record Found(Entry entry, RunKeys keys) {
    /** Whether a run key counts for it. */
    boolean isSignedRightlyBy(SshPublicKey key) {
      return keys.counts(entry, key);
    }

    Optional<PullRequestRef> pullRequest() {
      return Optional.ofNullable(entry.body().pullRequest());
    }
  }

  /**
   * @param files the ledger files of the verified commit, archived ones among them
   */
  LoggedEntries(
      Verification verification,
      String genesis,
      List<Container> files,
      LogSource commits,
      Function<String, List<Container>> filesAt) {
    this.genesis = genesis;
    this.verified = Book.of(verification);
    this.present = present(files, genesis);
    this.commits = commits;
    this.filesAt = filesAt;
  }

  /** An archive keeps the entries of an earlier ledger; those of this one must be in containers. */
  private static Set<String> present(List<Container> files, String genesis) {
    Map<Boolean, List<Container>> byKind =
        files.stream()
            .collect(Collectors.partitioningBy(file -> ArchivedLedger.isArchived(file.path())));
    Set<String> ids = new HashSet<>(LedgerVerifier.idsOf(byKind.getOrDefault(false, List.of())));
    LedgerLines.read(byKind.getOrDefault(true, List.of()), new Findings()).entries().stream()
        .filter(entry -> !genesis.equals(entry.body().common().ledger()))
        .forEach(entry -> ids.add(entry.id()));
    return ids;
  }

  /** Whether a container has the entry, whatever was found about it. */
  boolean has(LoggedAnchor logged) {
    return present.contains(logged.entry());
  }

  /** The entry; empty where nothing intact is known of it. */
  Optional<Found> find(LoggedAnchor logged) {
    return has(logged)
        ? verified.find(logged.entry())
        : known.computeIfAbsent(logged, this::atAnchor);
  }

  private Optional<Found> atAnchor(LoggedAnchor logged) {
    if (commits.commit(logged.commit()).isEmpty()) {
      return Optional.empty();
    }
    VerifyOptions options = VerifyOptions.standard().withBaseGenesis(genesis);
    return Book.of(new LedgerVerifier().verify(filesAt.apply(logged.commit()), options))
        .find(logged.entry());
  }
}
