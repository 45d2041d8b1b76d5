package dev.optr.execution;

import dev.optr.git.CommitSigner;
import dev.optr.git.GitRepository;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The side branch of a repository on this machine. */
public final class LocalLedgerBranch implements LedgerBranch {
  private final GitRepository repository;
  private final List<String> copies;
  private final InstantSource clock;
  private final Optional<CommitSigner> signer;

  /**
   * @param copies refs of the same branch as it was fetched; one that has gone on is continued
   */
  public LocalLedgerBranch(
      GitRepository repository,
      List<String> copies,
      InstantSource clock,
      Optional<CommitSigner> signer) {
    this.repository = repository;
    this.copies = List.copyOf(copies);
    this.clock = clock;
    this.signer = signer;
  }

  @Override
  public Optional<String> tip() {
    Optional<String> own = own();
    return copies.stream()
        .flatMap(copy -> repository.resolve(copy).stream())
        .filter(copy -> own.isEmpty() || repository.isAncestor(own.get(), copy))
        .findFirst()
        .or(() -> own);
  }

  @Override
  public String name() {
    return SIDE;
  }

  private Optional<String> own() {
    return repository.resolve("refs/heads/" + SIDE);
  }

  @Override
  public String make(PlannedCommit commit) {
    return commit.write(repository, clock.instant(), signer);
  }

  @Override
  public LedgerBranchMove move(Optional<String> expected, String commit) {
    // A copy that went on may be what was expected; our own is behind it then, and follows.
    Optional<String> own = own();
    boolean asExpected = tip().equals(expected);
    boolean moved =
        asExpected
            && own.map(from -> repository.moveBranch(SIDE, from, commit))
                .orElseGet(() -> repository.createBranch(SIDE, commit));
    return moved ? new LedgerBranchMove.Moved() : new LedgerBranchMove.Raced();
  }
}
