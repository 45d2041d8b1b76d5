package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.actions.Phase;
import dev.optr.actions.WorkflowCommands;
import dev.optr.github.GitHubConnection;
import dev.optr.github.PullRequestEvent;

/** Something happened to a pull request: its branch, its label, or its end. */
final class PullRequestEventRun {
  private final Host host;
  private final ActionEnvironment action;
  private final WorkflowCommands log;
  private final GitHubConnection github;

  PullRequestEventRun(
      Host host, ActionEnvironment action, WorkflowCommands log, GitHubConnection github) {
    this.host = host;
    this.action = action;
    this.log = log;
    this.github = github;
  }

  ActionResult run() throws InterruptedException {
    PullRequestEvent event = PullRequestEvent.parse(EventPayload.read(action));
    return switch (event.action()) {
      case "opened", "synchronize", "reopened", "ready_for_review" ->
          decide(event, new Occasion.Push());
      case "labeled" -> decide(event, new Occasion.Label());
      case "closed" -> closed(event);
      default -> {
        log.notice(
            "action '%s' is not one this version acts on; nothing was done"
                .formatted(event.action()));
        yield ActionResult.skipped();
      }
    };
  }

  private ActionResult decide(PullRequestEvent event, Occasion occasion)
      throws InterruptedException {
    return new PullRequestRun(host, action, log, github)
        .decide(new Subject.OfPullRequest(event, occasion));
  }

  /** What became of it is written down once, by the job whose token may write. */
  private ActionResult closed(PullRequestEvent event) throws InterruptedException {
    return switch (action.inputs().phase().orElse(Phase.SELECT)) {
      case SELECT -> {
        ActionResult result = new ClosedRun(host, action, log, event).run();
        if (!event.isFork() && !event.isFromDependabot()) {
          new ClosedBranches(host, action, log, github)
              .delete(new Subject.OfPullRequest(event, new Occasion.Push()));
        }
        yield result;
      }
      case PROPOSE, GATHER, APPLY, VERIFY -> ActionResult.skipped();
    };
  }
}
