package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.actions.Phase;
import dev.optr.actions.WorkflowCommands;
import dev.optr.github.CommentEvent;
import dev.optr.github.GitHubConnection;
import dev.optr.github.Permission;
import dev.optr.github.PullRequestEvent;
import dev.optr.github.Reaction;
import java.util.Optional;

/**
 * A comment on a pull request, which may ask for something. Whoever asks must be allowed to write
 * to the repository, as GitHub says now; what the comment itself says of its author does not count.
 */
final class CommentRun {
  private final ActionEnvironment action;
  private final WorkflowCommands log;
  private final GitHubConnection github;
  private final PullRequestRun runs;

  CommentRun(Host host, ActionEnvironment action, WorkflowCommands log, GitHubConnection github) {
    this.action = action;
    this.log = log;
    this.github = github;
    this.runs = new PullRequestRun(host, action, log, github);
  }

  ActionResult run() throws InterruptedException {
    CommentEvent comment = CommentEvent.parse(EventPayload.read(action));
    Optional<String> unheard = unheard(comment);
    if (unheard.isPresent()) {
      return skipped(unheard.get());
    }
    return switch (PullRequestCommand.parse(comment.body())) {
      case PullRequestCommand.Parsed.Unrelated _ ->
          skipped("the comment's first line is no command for optr");
      case PullRequestCommand.Parsed.Malformed(String message) ->
          permitted(comment)
              ? obey(comment, subject(comment), new PullRequestCommand.Help(), Optional.of(message))
              : refused(comment);
      case PullRequestCommand.Parsed.Asked(PullRequestCommand command) ->
          permitted(comment)
              ? obey(comment, subject(comment), command, Optional.empty())
              : refused(comment);
    };
  }

  /** Why nobody looks at what it says. */
  private static Optional<String> unheard(CommentEvent comment) {
    if (!comment.action().equals("created")) {
      return Optional.of("only comments that are new ask for something, not edited ones");
    }
    if (!comment.onPullRequest()) {
      return Optional.of("the comment is not on a pull request");
    }
    return comment.authorIsBot()
        ? Optional.of("comments of apps ask for nothing")
        : Optional.empty();
  }

  private boolean permitted(CommentEvent comment) {
    return github.collaborators().permission(comment.author()).compareTo(Permission.WRITE) >= 0;
  }

  private ActionResult refused(CommentEvent comment) {
    if (answers()) {
      boolean _ = github.reactions().add(comment.comment(), Reaction.CONFUSED);
    }
    return skipped("the comment's author may not write to this repository, so it asks for nothing");
  }

  private Subject.OfPullRequest subject(CommentEvent comment) {
    PullRequestEvent event = github.pullRequests().get(comment.issue(), comment.repository());
    return new Subject.OfPullRequest(
        event, new Occasion.Comment(comment.author(), Optional.empty()));
  }

  private ActionResult obey(
      CommentEvent comment,
      Subject.OfPullRequest subject,
      PullRequestCommand command,
      Optional<String> problem)
      throws InterruptedException {
    if (answers()) {
      boolean _ =
          github
              .reactions()
              .add(comment.comment(), problem.isEmpty() ? Reaction.EYES : Reaction.CONFUSED);
    }
    CommandRun commands = new CommandRun(action, log, github, runs, subject);
    return problem.isPresent()
        ? commands.malformed(problem.get())
        : commands.obey(command, comment.author());
  }

  /** Phases before the last have a token that may not write. */
  private boolean answers() {
    return switch (action.inputs().phase().orElse(Phase.SELECT)) {
      case SELECT -> true;
      case PROPOSE, GATHER, APPLY, VERIFY -> false;
    };
  }

  private ActionResult skipped(String why) {
    log.notice(why);
    return ActionResult.skipped();
  }
}
