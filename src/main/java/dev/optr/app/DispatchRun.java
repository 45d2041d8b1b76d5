package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.actions.WorkflowCommands;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.UserException;
import dev.optr.github.DispatchEvent;
import dev.optr.github.GitHubConnection;
import dev.optr.github.OpenPullRequest;
import dev.optr.github.PullRequestEvent;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A run that somebody started by hand, which only those who may write can. The workflow's inputs
 * {@code pr}, {@code sha} and {@code wish} say what about; without {@code pr} it is about the open
 * pull request of the branch that it was started on.
 */
final class DispatchRun {
  private static final Pattern NUMBER = Pattern.compile("#?([1-9][0-9]{0,8})");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,40}");

  private final ActionEnvironment action;
  private final GitHubConnection github;
  private final PullRequestRun runs;

  DispatchRun(Host host, ActionEnvironment action, WorkflowCommands log, GitHubConnection github) {
    this.action = action;
    this.github = github;
    this.runs = new PullRequestRun(host, action, log, github);
  }

  ActionResult run() throws InterruptedException {
    DispatchEvent dispatch = DispatchEvent.parse(EventPayload.read(action));
    PullRequestEvent event = github.pullRequests().get(number(dispatch), dispatch.repository());
    if (!event.state().equals("open")) {
      throw new UserException("pull request #%d is closed".formatted(event.number()));
    }
    requireCommit(event, text(dispatch, "sha"));
    return runs.decide(
        new Subject.OfPullRequest(event, new Occasion.Dispatch(text(dispatch, "wish"))));
  }

  private static void requireCommit(PullRequestEvent event, Optional<String> given) {
    if (given.isEmpty()) {
      if (event.isFork()) {
        throw new UserException(
            "workflow input 'sha': pull request #%d comes from a fork; give the commit that you looked at, so that no later one is taken for it"
                .formatted(event.number()));
      }
      return;
    }
    String commit = given.get();
    if (!COMMIT.matcher(commit).matches() || !event.head().sha().startsWith(commit)) {
      throw new UserException(
          "workflow input 'sha': the head of pull request #%d is '%s'; look at it, and give that"
              .formatted(event.number(), event.head().sha()));
    }
  }

  private long number(DispatchEvent dispatch) {
    return text(dispatch, "pr").map(DispatchRun::number).orElseGet(() -> ofBranch(dispatch.ref()));
  }

  private static long number(String given) {
    Matcher number = NUMBER.matcher(given);
    if (!number.matches()) {
      throw new UserException(
          "workflow input 'pr': expected the number of a pull request, for example '12'");
    }
    return Long.parseLong(number.group(1));
  }

  private long ofBranch(String branch) {
    List<Long> numbers =
        github.pullRequests().open().stream()
            .filter(open -> !open.fork() && open.branch().equals(branch))
            .map(OpenPullRequest::number)
            .toList();
    if (numbers.size() != 1) {
      throw new UserException(
          "%d open pull requests propose the branch that this was started on; give the workflow an input 'pr' with the number of one"
              .formatted(numbers.size()));
    }
    return numbers.getFirst();
  }

  /** Blank is absent; a workflow may declare the input as a number. */
  private static Optional<String> text(DispatchEvent dispatch, String input) {
    JsonObject inputs = dispatch.inputs();
    @Nullable Json given = inputs.members().get(input);
    Optional<String> number =
        Optional.ofNullable(given == null ? null : inputs.integer(input)).map(String::valueOf);
    return Optional.ofNullable(given == null ? null : inputs.text(input))
        .or(() -> number)
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }
}
