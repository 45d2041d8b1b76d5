package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.actions.StepOutputs;
import dev.optr.actions.StepSummary;
import dev.optr.actions.Tokens;
import dev.optr.actions.WorkflowCommands;
import dev.optr.base.Secret;
import dev.optr.base.UserException;
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
  private final Host host;

  ActionCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() throws InterruptedException {
    Tokens tokens = () -> UUID.randomUUID().toString();
    WorkflowCommands log = new WorkflowCommands(host.out(), tokens);
    try {
      ActionEnvironment action = ActionEnvironment.of(host.environment());
      action.inputs().credentials().forEach((Secret secret) -> log.mask(secret));
      ActionResult result = run(action, log);
      result.outputs().forEach(new StepOutputs(action.outputFile(), tokens)::set);
      result.summary().ifPresent(new StepSummary(action.summaryFile())::append);
      return result.exit().code();
    } catch (UserException e) {
      e.messages().forEach(log::error);
      throw e;
    }
  }

  private ActionResult run(ActionEnvironment action, WorkflowCommands log)
      throws InterruptedException {
    return switch (action.eventName()) {
      case "pull_request" -> new PullRequestRun(host, action, log).run();
      case "pull_request_target" -> throw new UserException(refusal());
      default -> {
        log.notice(
            "event '%s' is not one this version acts on; nothing was done"
                .formatted(action.eventName()));
        yield ActionResult.skipped();
      }
    };
  }

  private static String refusal() {
    return "on: 'pull_request_target' gives a stranger's pull request this repository's secrets and a writable token;"
        + " write 'on: pull_request' instead, which examines forks without either";
  }
}
