package dev.optr.execution;

import dev.optr.git.AnchorCommit;
import dev.optr.git.CommitSigner;
import dev.optr.git.FileChanges;
import dev.optr.git.GitRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A commit that no ref leads to yet.
 *
 * @param base the commit whose tree is changed; empty for the empty tree
 * @param parents ids, first parent first
 * @param message no agent's text
 */
public record PlannedCommit(
    Optional<String> base, FileChanges changes, List<String> parents, String message) {
  public PlannedCommit {
    parents = List.copyOf(parents);
  }

  /** Makes it in a repository on this machine; gives its id. */
  String write(GitRepository repository, Instant when, Optional<CommitSigner> signer) {
    return AnchorCommit.build(repository, base, changes, parents, message, when, signer);
  }
}
