package dev.optr.ledger;

import java.util.Optional;

/** The commits of a repository, as the anchor log needs them. */
public interface LogSource {
  /** Any commit; empty where the repository has none of that id. */
  Optional<LogCommit> commit(String id);

  /** Whether history was cut off, so that a commit that is absent proves nothing. */
  boolean isShallow();
}
