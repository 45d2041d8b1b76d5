package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.actions.WorkflowCommands;
import dev.optr.git.GitRepository;

/** A push to the default branch: folds the files of pull requests, notices reverts. */
final class DefaultBranchRun {
  private final Host host;
  private final ActionEnvironment action;
  private final WorkflowCommands log;

  DefaultBranchRun(Host host, ActionEnvironment action, WorkflowCommands log) {
    this.host = host;
    this.action = action;
    this.log = log;
  }

  ActionResult run() throws InterruptedException {
    SideBranch.Content side = SideBranch.served(host, action, repository()).content();
    log.notice("%d ledger files on '%s'".formatted(side.files().size(), SideBranch.NAME));
    return ActionResult.skipped();
  }

  private GitRepository repository() {
    return GitRepository.initBare(
        action.runnerTemp().resolve("optr/repository.git"), host.checkpoint());
  }
}
