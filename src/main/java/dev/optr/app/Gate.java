package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import dev.optr.execution.GateStatus;
import dev.optr.execution.GateVerdict;
import dev.optr.github.CommitState;
import dev.optr.github.GitHubConnection;
import dev.optr.github.ReadOnlyTokenException;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/** The commit status that branch protection gates on: pending first, never left so. */
final class Gate {
  private static final String INTERRUPTED = "failed: the run was interrupted";

  private final GitHubConnection github;
  private final GateStatus status;

  Gate(GitHubConnection github, ActionEnvironment action, Subject subject) {
    this.github = github;
    this.status = new GateStatus(github.statuses(), target(action, subject), subject.label());
  }

  /** The run's page, which takes no notice of the query that binds the status to its subject. */
  private static URI target(ActionEnvironment action, Subject subject) {
    String base = "base=" + subject.base();
    String query =
        switch (subject) {
          case Subject.OfPullRequest pullRequest ->
              "pr=" + pullRequest.event().number() + "&" + base;
          case Subject.OfMergeGroup _ -> base;
        };
    return URI.create(action.runUrl() + "?" + query);
  }

  void pending(String commit) {
    status.post(commit, CommitState.PENDING, "examining this commit");
  }

  void settle(String commit, GateVerdict verdict) {
    status.post(commit, verdict);
  }

  /** Two open pull requests share this head: what is true of one may not be of the other. */
  void ambiguous(String commit, List<Long> numbers) {
    status.post(
        commit,
        CommitState.FAILURE,
        "ambiguous: this is the head of "
            + numbers.stream().map(number -> "#" + number).collect(Collectors.joining(", ")));
  }

  void superseded(String commit) {
    status.post(commit, CommitState.ERROR, "superseded: somebody pushed during the run");
  }

  void refused(String commit, String reason) {
    status.post(commit, CommitState.ERROR, "failed: the branch could not be moved: " + reason);
  }

  /**
   * The run ended without a decision; what GitHub answers to this is added to the fault, never
   * instead of it.
   */
  void faulted(String commit, Throwable fault) {
    // Of an interrupted thread no request gets out, and this one must.
    boolean interrupted = Thread.interrupted();
    try {
      status.post(commit, state(fault), interrupted ? INTERRUPTED : reason(fault));
    } catch (ServiceException | UserException | ReadOnlyTokenException e) {
      fault.addSuppressed(
          ServiceException.lasting(
              "the gate on %s is still pending: %s; run this job again"
                  .formatted(commit, e.getMessage()),
              e));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static CommitState state(Throwable fault) {
    return fault instanceof LedgerBrokenException ? CommitState.FAILURE : CommitState.ERROR;
  }

  private static String reason(Throwable fault) {
    return switch (fault) {
      case LedgerBrokenException broken -> "failed: " + broken.what();
      case UserException _ -> "failed: somebody must act, see the run's log";
      case ReadOnlyTokenException _ -> "failed: the token may not do what this run needs";
      case ServiceException _ -> "failed: a service did not work, see the run's log";
      case InterruptedException _ -> INTERRUPTED;
      default -> "failed: a bug of ours, see the run's log";
    };
  }

  GateStatus status() {
    return status;
  }

  GitHubConnection github() {
    return github;
  }
}
