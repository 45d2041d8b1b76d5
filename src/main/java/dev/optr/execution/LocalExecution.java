package dev.optr.execution;

import dev.optr.git.AnchorCommit;
import dev.optr.git.CommitSigner;
import dev.optr.git.GitRepository;
import dev.optr.git.LocalBranch;
import java.time.InstantSource;
import java.util.Optional;

/** Puts the anchor on the current branch of a local repository. */
public final class LocalExecution implements Execution {
  private static final String NAME = "optr";
  private static final String EMAIL = "optr@localhost";

  private final GitRepository repository;
  private final String branch;
  private final InstantSource clock;
  private final Optional<CommitSigner> signer;

  public LocalExecution(
      GitRepository repository, String branch, InstantSource clock, Optional<CommitSigner> signer) {
    this.repository = repository;
    this.branch = branch;
    this.clock = clock;
    this.signer = signer;
  }

  @Override
  public Performed perform(Plan plan) {
    String anchor =
        AnchorCommit.build(
            repository,
            plan.parent(),
            plan.files(),
            plan.message(),
            NAME,
            EMAIL,
            clock.instant(),
            signer);
    boolean moved =
        new LocalBranch(repository).advance(branch, plan.parent(), anchor, plan.files());
    return moved
        ? new Performed.Anchored(anchor)
        : new Performed.Superseded(repository.resolve("HEAD").orElse(null));
  }
}
