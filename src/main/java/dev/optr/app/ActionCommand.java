package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.actions.ActionInput;
import dev.optr.actions.Phase;
import dev.optr.actions.StepOutputs;
import dev.optr.actions.StepSummary;
import dev.optr.actions.Tokens;
import dev.optr.actions.WorkflowCommands;
import dev.optr.base.Network;
import dev.optr.base.Secret;
import dev.optr.base.UserException;
import dev.optr.github.GitHubConnection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * {@code optr action}: the container's entrypoint; reads the runner's environment and takes no
 * arguments.
 */
@Command(
    name = "action",
    mixinStandardHelpOptions = true,
    description =
        "The entrypoint in GitHub Actions: reads everything from the runner's environment.")
final class ActionCommand implements Callable<Integer> {
  private static final Tokens TOKENS = () -> UUID.randomUUID().toString();

  private final Host host;
  private final WorkflowCommands log;
  private StepOutputs outputs = new StepOutputs(null, TOKENS);

  ActionCommand(Host host) {
    this.host = host;
    this.log = new WorkflowCommands(host.out(), TOKENS);
  }

  @Override
  public Integer call() throws InterruptedException {
    Network.secrets(host.environment()).forEach(log::mask);
    ActionEnvironment action = ActionEnvironment.of(host.environment());
    action.inputs().credentials().forEach((Secret secret) -> log.mask(secret));
    outputs = new StepOutputs(action.outputFile(), TOKENS);
    ActionResult result = run(action);
    result.outputs().forEach(outputs::set);
    result.summary().ifPresent(new StepSummary(action.summaryFile())::append);
    return result.exit().code();
  }

  /** Says in the runner's way why there is no result. */
  void failed(List<String> messages) {
    log.errors(messages);
    outputs.set("outcome", "failed");
  }

  private ActionResult run(ActionEnvironment action) throws InterruptedException {
    Optional<Phase> phase = action.inputs().phase();
    if (phase.equals(Optional.of(Phase.APPLY))) {
      return apply(action);
    }
    return phase.equals(Optional.of(Phase.VERIFY))
        ? new DeploymentCheck(host, action, log, github(action)).run()
        : onEvent(action);
  }

  /** Whatever the event is: the bundle says what it is about. */
  private ActionResult apply(ActionEnvironment action) {
    String digest = action.inputs().text(ActionInput.BUNDLE_DIGEST).orElse("");
    String row = action.inputs().text(ActionInput.AGENT).orElse("");
    new RowApplication(host).write(BundlePlace.in(action), digest, row, action.workspace());
    return ActionResult.of(
        "applied", ExitCode.OK, "Row `%s` is in the workspace.\n".formatted(row));
  }

  private ActionResult onEvent(ActionEnvironment action) throws InterruptedException {
    return switch (action.eventName()) {
      case "pull_request" -> new PullRequestEventRun(host, action, log, github(action)).run();
      case "issue_comment" -> new CommentRun(host, action, log, github(action)).run();
      case "workflow_dispatch" -> new DispatchRun(host, action, log, github(action)).run();
      case "merge_group" -> new MergeGroupRun(host, action, log, github(action)).run();
      case "push" -> new DefaultBranchRun(host, action, log).run();
      case "schedule" -> new SweepRun(host, action, log).run();
      case "pull_request_target" -> throw new UserException(refusal());
      default -> {
        log.notice(
            "event '%s' is not one this version acts on; nothing was done"
                .formatted(action.eventName()));
        yield ActionResult.skipped();
      }
    };
  }

  private GitHubConnection github(ActionEnvironment action) {
    return AtGitHub.connect(host, action);
  }

  private static String refusal() {
    return "on: 'pull_request_target' gives a stranger's pull request this repository's secrets and a writable token;"
        + " write 'on: pull_request' instead, which examines forks without either";
  }
}
