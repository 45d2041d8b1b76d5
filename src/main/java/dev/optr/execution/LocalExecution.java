package dev.optr.execution;

import dev.optr.git.AnchorCommit;
import dev.optr.git.CommitSigner;
import dev.optr.git.FileChanges;
import dev.optr.git.GitRepository;
import dev.optr.git.LocalBranch;
import dev.optr.ledger.LoggedAnchor;
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
  private final Optional<LocalAnchorLog> log;

  /**
   * @param log empty where anchors are not logged
   */
  public LocalExecution(
      GitRepository repository,
      String branch,
      InstantSource clock,
      Optional<CommitSigner> signer,
      Optional<LocalAnchorLog> log) {
    this.repository = repository;
    this.branch = branch;
    this.clock = clock;
    this.signer = signer;
    this.log = log;
  }

  @Override
  public Performed perform(Plan plan) throws InterruptedException {
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
    return move(plan, anchor)
        ? new Performed.Anchored(anchor)
        : new Performed.Superseded(repository.resolve("HEAD").orElse(null));
  }

  private boolean move(Plan plan, String anchor) throws InterruptedException {
    LocalBranch local = new LocalBranch(repository);
    if (log.isEmpty()) {
      return local.advance(branch, plan.parent(), anchor, plan.files());
    }
    LoggedAnchor logged =
        LoggedAnchor.of(anchor, plan.message(), null)
            .orElseThrow(() -> new IllegalArgumentException("a plan without a ledger entry"));
    return local.advance(
        branch,
        anchor,
        FileChanges.writing(plan.files()),
        () -> log.get().moveWith(branch, plan.parent(), logged));
  }
}
