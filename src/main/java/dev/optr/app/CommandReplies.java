package dev.optr.app;

import dev.optr.actions.WorkflowCommands;
import dev.optr.github.CommentRef;
import dev.optr.github.GitHubConnection;
import dev.optr.report.Replies;
import java.util.List;

/** The one comment of a pull request that answers commands. */
final class CommandReplies {
  private final GitHubConnection github;
  private final WorkflowCommands log;
  private final PullRequestIntake intake;
  private final Replies replies;

  CommandReplies(GitHubConnection github, WorkflowCommands log, PullRequestIntake intake) {
    this.github = github;
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

  private ActionResult post(String body, String about) {
    CommentRef comment =
        github
            .comments()
            .upsert(intake.event().number(), Replies.marker(intake.workflow().name()), body);
    return ActionResult.of("skipped", ExitCode.OK, "Answered `%s`.\n".formatted(about))
        .with("mode", "maintainer")
        .with("comment-url", comment.htmlUrl().toString());
  }
}
