package dev.optr.agents.copilot;

import dev.optr.agents.HttpReply;
import dev.optr.agents.LaneEvent;
import dev.optr.agents.LaneLog;
import dev.optr.agents.ProviderHttp;
import dev.optr.agents.WireJson;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes branches away when a lane ends. One that stays is told, and changes nothing else. */
final class BranchDeletion {
  // An interrupted lane has a second in all.
  private static final Duration LAST_LOOK = Duration.ofMillis(300);
  private static final Duration LAST_WORDS = Duration.ofMillis(600);

  private final TaskRepository github;
  private final TaskRepository lastWords;
  private final GitHubCalls calls;
  private final LaneLog log;

  /**
   * @param lastWords the API for a lane that is interrupted: answers at once or not at all
   */
  BranchDeletion(TaskRepository github, TaskRepository lastWords, GitHubCalls calls, LaneLog log) {
    this.github = github;
    this.lastWords = lastWords;
    this.calls = calls;
    this.log = log;
  }

  void delete(String branch) throws InterruptedException {
    switch (calls.repeat(github.deleteRef(branch))) {
      case Result.Ended<HttpReply>(_, String message) -> left(branch, message);
      case Result.Got<HttpReply>(HttpReply reply) -> {
        if (!isGone(reply)) {
          left(branch, calls.answered(reply, "deleting branch '" + branch + "'"));
        }
      }
    }
  }

  /**
   * Deletes the branch that tasks started from, unless one of another run's still works on it: that
   * run deletes it then.
   *
   * @param unlisted where nobody says which tasks there are
   */
  void deleteUnused(String branch, Set<String> ours, Unlisted unlisted)
      throws InterruptedException {
    switch (new OtherTasks(github, calls).from(branch, ours)) {
      case Result.Got<Optional<Task>>(Optional<Task> other) when other.isPresent() ->
          used(branch, other.get());
      case Result.Ended<Optional<Task>>(_, String message) when unlisted == Unlisted.LEAVE ->
          left(branch, "another run made it, and perhaps uses it: " + message);
      case Result.Got<Optional<Task>> _, Result.Ended<Optional<Task>> _ -> delete(branch);
    }
  }

  /** The same for a lane that is interrupted: every task of another run counts as one from here. */
  void deleteUnusedAtOnce(String branch, Set<String> ours, Unlisted unlisted) {
    try {
      List<Task> others = others(ours, unlisted);
      if (others.isEmpty()) {
        deleteAtOnce(branch);
      } else {
        used(branch, others.getFirst());
      }
    } catch (IOException e) {
      left(branch, "another run made it, and nobody says whether it is used");
    } catch (InterruptedException again) {
      Thread.currentThread().interrupt();
      left(branch, "interrupted");
    }
  }

  /** What to do where GitHub does not say which tasks there are. */
  enum Unlisted {
    /** The branch was made by this run. */
    DELETE,
    LEAVE
  }

  private List<Task> others(Set<String> ours, Unlisted unlisted)
      throws IOException, InterruptedException {
    try {
      HttpReply reply = ProviderHttp.sendWithin(LAST_LOOK, lastWords.openTasks().call());
      if (!reply.isSuccess()) {
        throw new IOException("no list");
      }
      return OtherTasks.others(WireJson.read(reply.body().utf8(), TaskWire.Tasks.class), ours);
    } catch (IOException | JsonException unknown) {
      if (unlisted == Unlisted.LEAVE) {
        throw new IOException("no list", unknown);
      }
      return List.of();
    }
  }

  private void deleteAtOnce(String branch) throws InterruptedException {
    try {
      HttpReply reply = ProviderHttp.sendWithin(LAST_WORDS, lastWords.deleteRef(branch).call());
      if (!isGone(reply)) {
        left(branch, calls.answered(reply, "deleting branch '" + branch + "'"));
      }
    } catch (IOException e) {
      left(branch, "no answer to its deletion");
    }
  }

  /** 422 is what GitHub answers where there is no such branch. */
  private static boolean isGone(HttpReply reply) {
    return reply.isSuccess() || reply.status() == 422 || reply.status() == 404;
  }

  private void used(String branch, Task task) {
    log.line(left(branch).put("reason", "used by " + task).build());
    log.tell(new LaneEvent.Waiting("branch '" + branch + "' is left to task " + task.id()));
  }

  private void left(String branch, String why) {
    log.line(left(branch).put("reason", why).build());
    log.tell(new LaneEvent.Waiting("branch '" + branch + "' could not be deleted"));
  }

  private static Json.Builder left(String branch) {
    return Json.object().put("role", "left").put("branch", branch);
  }
}
