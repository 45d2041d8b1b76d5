package dev.optr.execution;

import dev.optr.base.ServiceException;
import dev.optr.git.AtomicPush;
import dev.optr.git.RefMoves;
import dev.optr.git.RemoteHeads;
import dev.optr.ledger.AnchorLog;
import dev.optr.ledger.LoggedAnchor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Moves the branch and the anchor log in one atomic push, so that no anchor is on a branch and not
 * in the log. The anchor is fetched first: the log is signed here, and a push needs its objects.
 */
public final class MoveWithLog implements HeadMove {
  private static final String BRANCH_HERE = "refs/optr/pushed";

  private final RemoteHeads remote;
  private final AtomicPush push;
  private final AnchorLogWriter writer;
  private final Attempts attempts;
  private final Target target;

  /**
   * What is moved.
   *
   * @param branch short name of the pull request's branch
   * @param log whole name of the log's ref
   * @param pr number of the pull request
   * @param knownTip the log's tip when the run began; empty where there was no log
   */
  public record Target(String branch, String log, int pr, Optional<String> knownTip) {
    String branchRef() {
      return "refs/heads/" + branch;
    }
  }

  public MoveWithLog(
      RemoteHeads remote,
      AtomicPush push,
      AnchorLogWriter writer,
      Attempts attempts,
      Target target) {
    this.remote = remote;
    this.push = push;
    this.writer = writer;
    this.attempts = attempts;
    this.target = target;
  }

  @Override
  public Performed move(Plan plan, String anchor) throws InterruptedException {
    LoggedAnchor logged =
        LoggedAnchor.of(anchor, plan.message(), target.pr())
            .orElseThrow(() -> new IllegalArgumentException("a plan without a ledger entry"));
    remote.fetchCommits(List.of(anchor));
    return attempts
        .first(() -> attempt(plan.parent(), logged))
        .orElseGet(
            () ->
                new Performed.Refused(
                    "others kept moving %s, %d times in a row"
                        .formatted(target.log(), Attempts.MOST)));
  }

  /** Empty where it is worth looking again. */
  private Optional<Performed> attempt(String expectedOld, LoggedAnchor anchor) {
    Map<String, String> there =
        remote.fetch(Map.of(target.branchRef(), BRANCH_HERE, target.log(), target.log()));
    Optional<String> head = Optional.ofNullable(there.get(target.branchRef()));
    Optional<String> tip = Optional.ofNullable(there.get(target.log()));
    AnchorLog log = writer.read(tip);
    // Also where an earlier attempt was carried out and its answer was lost.
    if (head.equals(Optional.of(anchor.commit()))
        && log.anchorsOf(anchor.entry()).contains(anchor)) {
      return Optional.of(new Performed.Anchored(anchor.commit()));
    }
    if (!head.equals(Optional.of(expectedOld))) {
      return Optional.of(new Performed.Superseded(head.orElse(null)));
    }
    if (!target.knownTip().stream().allMatch(log::contains)) {
      return Optional.of(
          new Performed.Refused(target.log() + " was set back during the run; restore it first"));
    }
    return push(
        anchor.commit(),
        List.of(
            new RefMoves.Move(target.branchRef(), head, anchor.commit()),
            new RefMoves.Move(target.log(), tip, writer.extend(log, anchor))));
  }

  private Optional<Performed> push(String anchor, List<RefMoves.Move> moves) {
    try {
      return switch (push.push(moves)) {
        case AtomicPush.Result.Moved _ -> Optional.of(new Performed.Anchored(anchor));
        case AtomicPush.Result.NotMoved(String reasons) ->
            haveMoved(moves) || HeldLock.isToldBy(reasons)
                ? Optional.empty()
                : Optional.of(new Performed.Refused(reasons));
      };
    } catch (ServiceException e) {
      if (!e.worthRetrying()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** Whether somebody was faster; what the server says of it differs from server to server. */
  private boolean haveMoved(List<RefMoves.Move> moves) {
    Map<String, String> there =
        remote.fetch(Map.of(target.branchRef(), BRANCH_HERE, target.log(), target.log()));
    return moves.stream()
        .anyMatch(move -> !move.from().equals(Optional.ofNullable(there.get(move.ref()))));
  }
}
