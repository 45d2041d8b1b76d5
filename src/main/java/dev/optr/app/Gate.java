package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.actions.ActionInput;
import dev.optr.base.Secret;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import dev.optr.execution.GateVerdict;
import dev.optr.execution.PullRequestExecution;
import dev.optr.github.Comments;
import dev.optr.github.CommitState;
import dev.optr.github.Endpoint;
import dev.optr.github.GitData;
import dev.optr.github.GitHubConnection;
import dev.optr.github.PullRequests;
import dev.optr.github.Statuses;
import dev.optr.github.WorkflowJobs;

/** The commit status that branch protection gates on: pending first, never left so. */
final class Gate {
  private final GitHubConnection github;
  private final Statuses statuses;
  private final ActionEnvironment action;

  Gate(ActionEnvironment action, Host host) {
    this.action = action;
    Secret token =
        action
            .inputs()
            .credential(ActionInput.GITHUB_TOKEN)
            .orElseThrow(
                () ->
                    new UserException(
                        "input 'github-token' is empty; leave it out to use the job's own token"));
    Endpoint endpoint = new Endpoint(action.apiUrl(), action.graphqlUrl(), action.repository());
    String userAgent = "optr/%s (+run %d)".formatted(Version.text(), action.runId());
    this.github =
        GitHubConnection.open(
            host.network().httpClient(), endpoint, token, userAgent, host.clock());
    this.statuses = github.statuses();
  }

  void pending(String commit) {
    post(commit, CommitState.PENDING, "examining this commit");
  }

  void settle(String commit, GateVerdict verdict) {
    post(commit, PullRequestExecution.state(verdict.state()), verdict.description());
  }

  void superseded(String commit) {
    post(commit, CommitState.ERROR, "superseded: somebody pushed during the run");
  }

  void refused(String commit, String reason) {
    post(commit, CommitState.ERROR, "failed: the branch could not be moved: " + reason);
  }

  /**
   * The run ended without a decision; what GitHub answers to this is added to the fault, never
   * instead of it.
   */
  void faulted(String commit, Throwable fault) {
    try {
      post(
          commit,
          fault instanceof LedgerBrokenException ? CommitState.FAILURE : CommitState.ERROR,
          reason(fault));
    } catch (ServiceException e) {
      fault.addSuppressed(e);
    }
  }

  private static String reason(Throwable fault) {
    return switch (fault) {
      case LedgerBrokenException _ -> "failed: the ledger is not intact";
      case UserException _ -> "failed: somebody must act, see the run's log";
      case ServiceException _ -> "failed: a service did not work, see the run's log";
      case InterruptedException _ -> "failed: the run was interrupted";
      default -> "failed: a bug of ours, see the run's log";
    };
  }

  private void post(String commit, CommitState state, String description) {
    statuses.set(commit, state, PullRequestExecution.CONTEXT, description, action.runUrl());
  }

  Statuses statuses() {
    return statuses;
  }

  GitData gitData() {
    return github.gitData();
  }

  PullRequests pullRequests() {
    return github.pullRequests();
  }

  WorkflowJobs jobs() {
    return github.workflowJobs();
  }

  Comments comments() {
    return github.comments();
  }
}
