package dev.optr.app;

import dev.optr.actions.WorkflowCommands;
import dev.optr.github.CommentRef;
import dev.optr.github.GitHubConnection;
import dev.optr.github.ReadOnlyTokenException;
import java.util.Optional;

/**
 * Our comments on pull requests. Where the token may not write them, a run does without: the gate,
 * the commit and the step's summary say the same.
 */
final class OwnComments {
  private final GitHubConnection github;
  private final WorkflowCommands log;

  OwnComments(GitHubConnection github, WorkflowCommands log) {
    this.github = github;
    this.log = log;
  }

  /** See {@link dev.optr.github.Comments#upsert}; empty where the token may not, which is said. */
  Optional<CommentRef> put(long pullRequest, String marker, String body) {
    try {
      return Optional.of(github.comments().upsert(pullRequest, marker, body));
    } catch (ReadOnlyTokenException e) {
      log.warning(
          "no comment was written, the run's summary has its text; comments need the permission 'pull-requests: write' in the calling workflow: "
              + e.getMessage());
      return Optional.empty();
    }
  }
}
