package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.actions.WorkflowCommands;
import dev.optr.base.UserException;
import dev.optr.github.GitHubConnection;
import dev.optr.github.ReadOnlyTokenException;
import java.util.List;
import java.util.Optional;

/** Deletes the branches that were opened for a look at the paths of a pull request. */
final class ClosedBranches {
  private final Host host;
  private final ActionEnvironment action;
  private final WorkflowCommands log;
  private final GitHubConnection github;

  ClosedBranches(
      Host host, ActionEnvironment action, WorkflowCommands log, GitHubConnection github) {
    this.host = host;
    this.action = action;
    this.log = log;
    this.github = github;
  }

  /** They mean nothing, so that nothing fails where one stays. */
  void delete(Subject.OfPullRequest closed) {
    List<String> refs =
        List.of("refs/heads/" + closed.baseBranch(), ClosedRun.headRef(closed.event().number()));
    try (FetchedRepository fetched = FetchedRepository.of(host, action, refs)) {
      Optional<FetchedRepository.WorkflowAt> file = fetched.workflowAt(action, closed.base());
      if (file.isEmpty() || fetched.repository().resolve(closed.head()).isEmpty()) {
        return;
      }
      PullRequestIntake intake =
          new PullRequestIntake(
              host,
              action,
              log,
              closed,
              fetched,
              WorkflowSource.read(file.get().path(), file.get().source()),
              file.get().path());
      intake
          .decisions()
          .past()
          .ifPresent(
              past ->
                  new OpenBranches(github, action)
                      .delete(past, FetchedRepository.remote(host, action, fetched.repository())));
    } catch (UserException | LedgerBrokenException | ReadOnlyTokenException e) {
      log.warning("branches that were opened for a look may be left over: " + e.getMessage());
    }
  }
}
