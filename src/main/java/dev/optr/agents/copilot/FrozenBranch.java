package dev.optr.agents.copilot;

import dev.optr.agents.FailureCode;
import dev.optr.agents.HttpReply;
import dev.optr.agents.WireJson;

/**
 * The branch at the frozen commit that a task starts from: a task's base is named by a branch, and
 * every other branch may move.
 */
final class FrozenBranch {
  private final TaskRepository github;
  private final GitHubCalls calls;
  private final String commit;

  FrozenBranch(TaskRepository github, GitHubCalls calls, String commit) {
    this.github = github;
    this.calls = calls;
    this.commit = commit;
  }

  static String name(String commit) {
    return "optr/frozen/" + commit.substring(0, 12);
  }

  /** Makes the branch, or finds it made. */
  Result<String> create() throws InterruptedException {
    String name = name(commit);
    String body = WireJson.write(new TaskWire.NewRef("refs/heads/" + name, commit));
    return calls
        .repeat(() -> github.createRef(body))
        .then(
            reply ->
                switch (reply.status()) {
                  case 201 -> Result.got(name);
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

  /** 422 is said of a branch that is there, and of a commit that GitHub does not have. */
  private Result<String> exists(HttpReply refused, String name) throws InterruptedException {
    return calls
        .repeat(() -> github.ref(name))
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
    return found.equals(commit)
        ? Result.got(name)
        : Result.ended(
            FailureCode.SERVICE,
            "branch '%s' is there already and at %s, expected %s; delete it"
                .formatted(name, calls.quoted(found), commit));
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
