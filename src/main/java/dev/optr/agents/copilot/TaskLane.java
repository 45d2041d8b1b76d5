package dev.optr.agents.copilot;

import dev.optr.agents.HttpReply;
import dev.optr.agents.LaneEvent;
import dev.optr.agents.LaneLog;
import dev.optr.agents.Prompt;
import dev.optr.agents.Proposal;
import dev.optr.agents.ProviderHttp;
import dev.optr.agents.Question;
import dev.optr.base.Json;
import dev.optr.base.Network;
import dev.optr.base.Secret;
import dev.optr.workflow.AgentSpec;
import java.io.IOException;
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

  TaskLane(
      Question question,
      AgentSpec spec,
      GitHubRepository repository,
      Secret token,
      Network network,
      TaskRepository github,
      GitHubCalls calls,
      LaneLog log,
      InstantSource clock) {
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
  }

  /**
   * @param branches who else starts from the same branch
   * @param lastWords the API for a lane that is interrupted: answers at once or not at all
   */
  Result<Proposal> run(Prompt prompt, FrozenBranches branches, TaskRepository lastWords)
      throws InterruptedException {
    String base = FrozenBranch.name(commit);
    String shared = repository + " " + base;
    branches.enter(shared);
    Result<Proposal> proposal;
    try {
      Result<String> branch = new FrozenBranch(github, calls, commit).create();
      if (branch instanceof Result.Got<String>) {
        branches.made(shared);
      }
      proposal = branch.then(name -> proposal(prompt, name));
    } catch (InterruptedException cancelled) {
      log.usedUnknown();
      // Perhaps by the very request that was interrupted.
      branches.made(shared);
      leaveAtOnce(shared, base, branches, lastWords);
      throw cancelled;
    } catch (RuntimeException broken) {
      leaveAtOnce(shared, base, branches, lastWords);
      throw broken;
    }
    leave(shared, base, branches, lastWords);
    return proposal;
  }

  private void leave(String shared, String base, FrozenBranches branches, TaskRepository lastWords)
      throws InterruptedException {
    if (!branches.leave(shared)) {
      return;
    }
    try {
      delete(base);
    } catch (InterruptedException cancelled) {
      deleteAtOnce(base, lastWords);
      throw cancelled;
    } finally {
      branches.deleted(shared);
    }
  }

  private void leaveAtOnce(
      String shared, String base, FrozenBranches branches, TaskRepository lastWords) {
    if (!branches.leave(shared)) {
      return;
    }
    try {
      deleteAtOnce(base, lastWords);
    } finally {
      branches.deleted(shared);
    }
  }

  private Result<Proposal> proposal(Prompt prompt, String base) throws InterruptedException {
    return TaskStart.of(github, calls, log, prompt, question.intent().digest(), spec.digest())
        .start(spec.model(), base)
        .then(task -> proposal(task, base));
  }

  private Result<Proposal> proposal(Task task, String base) throws InterruptedException {
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
      delete(branch);
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

  /** Whether it works or not changes nothing in the answer; a branch that stays is told. */
  private void delete(String branch) throws InterruptedException {
    switch (calls.repeat(() -> github.deleteRef(branch))) {
      case Result.Ended<HttpReply>(_, String message) -> left(branch, message);
      case Result.Got<HttpReply>(HttpReply reply) -> {
        if (!isGone(reply)) {
          left(branch, calls.answered(reply, "deleting branch '" + branch + "'"));
        }
      }
    }
  }

  private void deleteAtOnce(String branch, TaskRepository lastWords) {
    try {
      HttpReply reply =
          ProviderHttp.sendWithin(CopilotCloudAgent.LAST_WORDS, () -> lastWords.deleteRef(branch));
      if (!isGone(reply)) {
        left(branch, calls.answered(reply, "deleting branch '" + branch + "'"));
      }
    } catch (IOException e) {
      left(branch, "no answer to its deletion");
    } catch (InterruptedException again) {
      Thread.currentThread().interrupt();
      left(branch, "interrupted");
    }
  }

  /** 422 is what GitHub answers where there is no such branch. */
  private static boolean isGone(HttpReply reply) {
    return reply.isSuccess() || reply.status() == 422 || reply.status() == 404;
  }

  private void left(String branch, String why) {
    log.line(Json.object().put("role", "left").put("branch", branch).put("reason", why).build());
    log.tell(new LaneEvent.Waiting("branch '" + branch + "' could not be deleted"));
  }
}
