package dev.optr.agents.copilot;

import dev.optr.agents.LaneEvent;
import dev.optr.agents.LaneLog;
import dev.optr.agents.Prompt;
import dev.optr.agents.Proposal;
import dev.optr.agents.Question;
import dev.optr.base.Json;
import dev.optr.base.Network;
import dev.optr.base.Secret;
import dev.optr.workflow.AgentSpec;
import java.time.InstantSource;
import java.util.List;

/** One asking, from the branch to start from to the branch that came of it. */
final class TaskLane {
  private final Question question;
  private final AgentSpec spec;
  private final GitHubRepository repository;
  private final Secret token;
  private final Network network;
  private final TaskRepository github;
  private final GitHubCalls calls;
  private final LaneLog log;
  private final InstantSource clock;
  private final String commit;
  private final String base;
  private final String shared;
  private final FrozenBranches branches;
  private final FrozenBranch frozen;
  private final BranchDeletion deletion;

  /**
   * @param lastWords the API for a lane that is interrupted: answers at once or not at all
   * @param branches who else starts from the same branch
   */
  TaskLane(
      Question question,
      AgentSpec spec,
      GitHubRepository repository,
      Secret token,
      Network network,
      TaskRepository github,
      TaskRepository lastWords,
      GitHubCalls calls,
      LaneLog log,
      InstantSource clock,
      FrozenBranches branches) {
    this.question = question;
    this.spec = spec;
    this.repository = repository;
    this.token = token;
    this.network = network;
    this.github = github;
    this.calls = calls;
    this.log = log;
    this.clock = clock;
    this.commit = question.tree().commit();
    this.base = FrozenBranch.name(commit);
    this.shared = repository + " " + base;
    this.branches = branches;
    this.frozen = new FrozenBranch(github, calls, log, commit, branches, shared);
    this.deletion = new BranchDeletion(github, lastWords, calls, log);
  }

  Result<Proposal> run(Prompt prompt) throws InterruptedException {
    branches.enter(shared);
    Result<Proposal> proposal;
    try {
      proposal = frozen.create().then(name -> proposal(prompt, name));
    } catch (InterruptedException cancelled) {
      log.usedUnknown();
      // Perhaps made by the very request that was interrupted.
      branches.found(shared);
      leaveAtOnce();
      throw cancelled;
    } catch (RuntimeException broken) {
      leaveAtOnce();
      throw broken;
    }
    leave();
    return proposal;
  }

  private void leave() throws InterruptedException {
    if (!branches.leave(shared)) {
      return;
    }
    try {
      deletion.deleteUnused(base, branches.started(), unlisted());
    } catch (InterruptedException cancelled) {
      deletion.deleteUnusedAtOnce(base, branches.started(), unlisted());
      throw cancelled;
    } finally {
      branches.deleted(shared);
    }
  }

  private void leaveAtOnce() {
    if (!branches.leave(shared)) {
      return;
    }
    try {
      deletion.deleteUnusedAtOnce(base, branches.started(), unlisted());
    } finally {
      branches.deleted(shared);
    }
  }

  private BranchDeletion.Unlisted unlisted() {
    return branches.isMade(shared) ? BranchDeletion.Unlisted.DELETE : BranchDeletion.Unlisted.LEAVE;
  }

  private Result<Proposal> proposal(Prompt prompt, String base) throws InterruptedException {
    return TaskStart.of(
            github, calls, log, frozen, prompt, question.intent().digest(), spec.digest())
        .start(spec.model(), base)
        .then(task -> proposal(task, base));
  }

  private Result<Proposal> proposal(Task task, String base) throws InterruptedException {
    branches.started(task);
    log.line(
        Json.object()
            .put("role", "task")
            .put("id", task.id())
            .put("page", task.page())
            .put("base", base)
            .put("at", clock.instant().toString())
            .build());
    log.tell(new LaneEvent.Waiting("task " + task.id() + " started"));
    BranchReading reading =
        new BranchReading(
            github, calls, log, question.trees(), network, repository.remote(), token, commit);
    return new TaskWatch(github, calls, log, clock, task)
        .end()
        .then(told -> ProducedBranch.of(told, task, base))
        .then(
            branch -> reading.read(branch).then(read -> Result.got(proposal(task, branch, read))));
  }

  /** The API gives no words of the agent's; what is said is ours. */
  private Proposal proposal(Task task, String branch, BranchReading.Read read)
      throws InterruptedException {
    boolean kept = !spec.deleteBranch() || !BranchName.isCopilots(branch);
    if (!kept) {
      deletion.delete(branch);
    }
    String summary =
        "branch '%s' at commit %s, made by %s%s"
            .formatted(branch, read.tip(), task, kept ? "" : "; deleted afterwards");
    return new Proposal(
        summary,
        "",
        null,
        List.of(),
        List.of(),
        List.of(),
        new Proposal.Work.Changes(read.changes()));
  }
}
