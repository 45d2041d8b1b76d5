package dev.optr.agents.copilot;

import dev.optr.agents.FailureCode;
import dev.optr.agents.HttpReply;
import dev.optr.agents.LaneEvent;
import dev.optr.agents.LaneLog;
import dev.optr.agents.WireJson;
import dev.optr.base.Json;

/**
 * The branch at the frozen commit that a task starts from: a task's base is named by a branch, and
 * every other branch may move.
 */
final class FrozenBranch {
  private final TaskRepository github;
  private final GitHubCalls calls;
  private final LaneLog log;
  private final String commit;
  private final FrozenBranches branches;
  private final String shared;

  /**
   * @param branches told whether the branch was made or found
   * @param shared what they call it
   */
  FrozenBranch(
      TaskRepository github,
      GitHubCalls calls,
      LaneLog log,
      String commit,
      FrozenBranches branches,
      String shared) {
    this.github = github;
    this.calls = calls;
    this.log = log;
    this.commit = commit;
    this.branches = branches;
    this.shared = shared;
  }

  static String name(String commit) {
    return "optr/frozen/" + commit.substring(0, 12);
  }

  /** Makes the branch, or finds it made. */
  Result<String> create() throws InterruptedException {
    String name = name(commit);
    String body = WireJson.write(new TaskWire.NewRef("refs/heads/" + name, commit));
    return calls
        .repeat(github.createRef(body))
        .then(
            reply ->
                switch (reply.status()) {
                  case 201 -> made(name);
                  case 422 -> exists(reply, name);
                  case 403, 404 ->
                      unavailable(
                          reply,
                          "the token may not make branch '"
                              + name
                              + "' here; a fork's is not made at all");
                  default -> calls.failed(reply, doing(name));
                });
  }

  /**
   * Makes the branch again where it is gone, as when another run has deleted it; false where it is
   * there.
   */
  Result<Boolean> restore() throws InterruptedException {
    String name = name(commit);
    return calls
        .repeat(github.ref(name))
        .then(
            reply ->
                reply.status() == 404
                    ? create().then(_ -> restored(name))
                    : calls
                        .read(reply, TaskWire.Ref.class, doing(name))
                        .then(_ -> Result.got(false)));
  }

  private Result<Boolean> restored(String name) {
    log.line(
        Json.object()
            .put("role", "restored")
            .put("branch", name)
            .put("reason", "gone before the task started")
            .build());
    log.tell(new LaneEvent.Waiting("branch '" + name + "' was gone and is made again"));
    return Result.got(true);
  }

  private Result<String> made(String name) {
    branches.made(shared);
    return Result.got(name);
  }

  /** 422 is said of a branch that is there, and of a commit that GitHub does not have. */
  private Result<String> exists(HttpReply refused, String name) throws InterruptedException {
    return calls
        .repeat(github.ref(name))
        .then(
            reply ->
                reply.status() == 404
                    ? unavailable(
                        refused,
                        "branch '%s' cannot be made; push commit %s first"
                            .formatted(name, commit.substring(0, 12)))
                    : calls
                        .read(reply, TaskWire.Ref.class, doing(name))
                        .then(ref -> same(ref, name)));
  }

  private Result<String> same(TaskWire.Ref ref, String name) {
    String found = ref.object() == null ? "nothing" : String.valueOf(ref.object().sha());
    if (!found.equals(commit)) {
      return Result.ended(
          FailureCode.SERVICE,
          "branch '%s' is there already and at %s, expected %s; delete it"
              .formatted(name, calls.quoted(found), commit));
    }
    branches.found(shared);
    return Result.got(name);
  }

  private Result<String> unavailable(HttpReply reply, String why) {
    return Result.ended(
        FailureCode.UNAVAILABLE,
        calls.answered(reply, "making the branch to start from") + "; " + why);
  }

  private static String doing(String name) {
    return "making branch '" + name + "'";
  }
}
