package dev.optr.execution;

import dev.optr.base.ServiceException;
import dev.optr.git.AtomicPush;
import dev.optr.git.CommitSigner;
import dev.optr.git.GitRepository;
import dev.optr.git.RefMoves;
import dev.optr.git.RemoteHeads;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A branch of a server that takes pushes. */
public final class PushedLedgerBranch implements LedgerBranch {
  private final GitRepository repository;
  private final RemoteHeads remote;
  private final AtomicPush push;
  private final InstantSource clock;
  private final Optional<CommitSigner> signer;
  private final String branch;
  private final String here;

  /**
   * @param branch its short name
   * @param here whole name of the ref that the branch is fetched to
   */
  public PushedLedgerBranch(
      GitRepository repository,
      RemoteHeads remote,
      AtomicPush push,
      InstantSource clock,
      Optional<CommitSigner> signer,
      String branch,
      String here) {
    this.repository = repository;
    this.remote = remote;
    this.push = push;
    this.clock = clock;
    this.signer = signer;
    this.branch = branch;
    this.here = here;
  }

  @Override
  public Optional<String> tip() {
    return Optional.ofNullable(remote.fetch(Map.of(ref(), here)).get(ref()));
  }

  private String ref() {
    return "refs/heads/" + branch;
  }

  @Override
  public String name() {
    return branch;
  }

  @Override
  public String make(PlannedCommit commit) {
    return commit.write(repository, clock.instant(), signer);
  }

  @Override
  public LedgerBranchMove move(Optional<String> expected, String commit) {
    try {
      return switch (push.push(List.of(new RefMoves.Move(ref(), expected, commit)))) {
        case AtomicPush.Result.Moved _ -> new LedgerBranchMove.Moved();
        case AtomicPush.Result.NotMoved(String reasons) -> notMoved(expected, commit, reasons);
      };
    } catch (ServiceException e) {
      if (!e.worthRetrying()) {
        throw e;
      }
      // It may have moved although we did not hear so.
      return notMoved(expected, commit, String.valueOf(e.getMessage()));
    }
  }

  /** What a server says of a lost race differs from server to server, so it is looked at. */
  private LedgerBranchMove notMoved(Optional<String> expected, String commit, String reasons) {
    Optional<String> tip = tip();
    if (tip.filter(it -> repository.isAncestor(commit, it)).isPresent()) {
      return new LedgerBranchMove.Moved();
    }
    return !tip.equals(expected) || HeldLock.isToldBy(reasons)
        ? new LedgerBranchMove.Raced()
        : new LedgerBranchMove.Refused(reasons);
  }
}
