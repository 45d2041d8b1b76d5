package dev.optr.execution;

import dev.optr.git.GitRepository;
import dev.optr.git.RawCommit;
import dev.optr.ledger.LogCommit;
import dev.optr.ledger.LogSource;
import java.util.Optional;

/** The commits of a repository, as the ledger's package reads them. */
public final class RepositoryLog implements LogSource {
  private final GitRepository repository;

  public RepositoryLog(GitRepository repository) {
    this.repository = repository;
  }

  @Override
  public Optional<LogCommit> commit(String id) {
    return RawCommit.read(repository, id)
        .map(
            commit ->
                new LogCommit(
                    commit.id(),
                    commit.tree(),
                    commit.parents(),
                    commit.message(),
                    commit.signature(),
                    commit.signed()));
  }

  @Override
  public boolean isShallow() {
    return repository.isShallow();
  }
}
