package dev.optr.app;

import dev.optr.actions.WorkflowCommands;
import dev.optr.github.CommentRef;
import dev.optr.github.GitHubConnection;
import dev.optr.report.Replies;
import java.util.List;
import java.util.Optional;

/** The one comment of a pull request that answers commands. */
final class CommandReplies {
  private final OwnComments comments;
  private final WorkflowCommands log;
  private final PullRequestIntake intake;
  private final Replies replies;

  CommandReplies(GitHubConnection github, WorkflowCommands log, PullRequestIntake intake) {
    this.comments = new OwnComments(github, log);
    this.log = log;
    this.intake = intake;
    this.replies = new Replies(intake.workflow().name(), intake.wiring().redactor());
  }

  ActionResult help() {
    return post(replies.help(), "/optr help");
  }

  ActionResult explained(String explanation) {
    return post(replies.explained(explanation), "/optr explain");
  }

  ActionResult done(String command, List<Replies.Fact> facts) {
    return post(replies.done(command, facts), command);
  }

  /** Says why not, to the one who asked and in the log. */
  ActionResult refuse(String command, String why) {
    log.warning(command + ": " + why);
    return post(replies.refused(command, why), command);
  }

  /** The run's own comment, as it is to stand now. */
  void stands(String marker, String body) {
    Optional<CommentRef> _ = comments.put(intake.event().number(), marker, body);
  }

  private ActionResult post(String body, String about) {
    String marker = Replies.marker(intake.workflow().name());
    Optional<CommentRef> comment = comments.put(intake.event().number(), marker, body);
    return comment
        .map(
            posted ->
                ActionResult.of("skipped", ExitCode.OK, "Answered `%s`.\n".formatted(about))
                    .with("comment-url", posted.htmlUrl().toString()))
        .orElseGet(() -> ActionResult.of("skipped", ExitCode.OK, body))
        .with("mode", "maintainer");
  }
}
