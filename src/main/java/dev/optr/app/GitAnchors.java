package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.git.FrozenTree;
import dev.optr.git.GitRepository;
import dev.optr.ledger.AnchorSource;
import dev.optr.ledger.CommitFacts;
import dev.optr.ledger.Container;
import dev.optr.ledger.FileFacts;
import dev.optr.ledger.HistoryVerifier;
import dev.optr.ledger.LedgerVerifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A repository as the ledger's verifiers see it; commits that touch the ledger are read once. */
final class GitAnchors implements AnchorSource {
  private final GitRepository repository;
  private final List<String> commits;
  private final Map<String, Set<String>> entriesByCommit = new HashMap<>();
  private final Map<String, FrozenTree.File> listing = new HashMap<>();
  private String listed = "";

  GitAnchors(GitRepository repository, String tip) {
    this.repository = repository;
    this.commits = repository.commitsTouching(tip, "datalake");
  }

  @Override
  public Introduction introducing(String entryId) {
    List<CommitFacts> found =
        commits.stream()
            .filter(this::hasItsParents)
            .filter(commit -> entries(commit).contains(entryId) && !parentHolds(commit, entryId))
            .map(this::facts)
            .toList();
    if (!found.isEmpty()) {
      return new Introduction.Found(found);
    }
    return repository.isShallow()
        ? new Introduction.NotInThisClone()
        : new Introduction.NeverCommitted();
  }

  @Override
  public Optional<FileFacts> file(String commit, String path) {
    return Optional.ofNullable(listing(commit).get(path))
        .map(file -> new FileFacts(file.mode(), Bytes.of(repository.blob(file.blob()))));
  }

  /** Many files of one commit are asked for in a row, so the newest listing is kept. */
  private Map<String, FrozenTree.File> listing(String commit) {
    if (!commit.equals(listed)) {
      listing.clear();
      repository.files(commit, "datalake").forEach(file -> listing.put(file.path(), file));
      listed = commit;
    }
    return listing;
  }

  @Override
  public List<Container> containers(String commit) {
    return RunLedger.at(repository, commit);
  }

  private boolean parentHolds(String commit, String entryId) {
    return firstParent(commit).filter(parent -> entries(parent).contains(entryId)).isPresent();
  }

  /** Empty also where a shallow clone ends: a commit names parents that are not there. */
  private Optional<String> firstParent(String commit) {
    return repository.parents(commit).stream().findFirst().filter(this::isHere);
  }

  private boolean isHere(String commit) {
    return repository.resolve(commit).isPresent();
  }

  private Set<String> entries(String commit) {
    return entriesByCommit.computeIfAbsent(commit, id -> LedgerVerifier.idsOf(containers(id)));
  }

  /** Where a shallow clone ends nobody can tell what a commit introduced. */
  private boolean hasItsParents(String commit) {
    return repository.parents(commit).stream().allMatch(this::isHere);
  }

  private CommitFacts facts(String commit) {
    return new CommitFacts(
        commit,
        repository.parents(commit),
        repository.message(commit),
        repository.changedPaths(commit));
  }

  /** The ledger files along first parents, oldest first. */
  List<HistoryVerifier.Snapshot> snapshots(String tip) {
    List<HistoryVerifier.Snapshot> snapshots = new ArrayList<>();
    for (Optional<String> commit = Optional.of(tip);
        commit.isPresent();
        commit = firstParent(commit.get())) {
      if (repository.changes(commit.get(), "datalake")) {
        snapshots.addFirst(new HistoryVerifier.Snapshot(commit.get(), containers(commit.get())));
      }
    }
    return snapshots;
  }
}
