package dev.optr.agents.copilot;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that other runs have started from a branch and that have not ended. Runs know nothing of
 * each other but what GitHub lists.
 */
final class OtherTasks {
  private final TaskRepository github;
  private final GitHubCalls calls;

  OtherTasks(TaskRepository github, GitHubCalls calls) {
    this.github = github;
    this.calls = calls;
  }

  /**
   * One of them; empty where there is none.
   *
   * @param ours ids of those that this run has started
   */
  Result<Optional<Task>> from(String branch, Set<String> ours) throws InterruptedException {
    return calls
        .repeat(github.openTasks())
        .then(reply -> calls.read(reply, TaskWire.Tasks.class, "listing tasks"))
        .then(listed -> from(branch, others(listed, ours)));
  }

  /** All that are listed, whatever they started from. */
  static List<Task> others(TaskWire.Tasks listed, Set<String> ours) {
    @Nullable List<TaskWire.Task> tasks = listed.tasks();
    return tasks == null
        ? List.of()
        : tasks.stream()
            .map(Task::of)
            .flatMap(Optional::stream)
            .filter(task -> !ours.contains(task.id()))
            .toList();
  }

  /** The list does not say where tasks started: each is read. */
  private Result<Optional<Task>> from(String branch, List<Task> others)
      throws InterruptedException {
    for (Task task : others) {
      Result<TaskWire.Task> read =
          calls
              .repeat(github.task(task.id(), ""))
              .then(reply -> calls.read(reply, TaskWire.Task.class, "reading a task"));
      switch (read) {
        case Result.Ended<TaskWire.Task> ended -> {
          return ended.of();
        }
        case Result.Got<TaskWire.Task>(TaskWire.Task told) when startedFrom(branch, told) -> {
          return Result.got(Optional.of(task));
        }
        case Result.Got<TaskWire.Task> _ -> {}
      }
    }
    return Result.got(Optional.empty());
  }

  /** A task that does not say where it started may have started here. */
  private static boolean startedFrom(String branch, TaskWire.Task told) {
    @Nullable List<TaskWire.Session> sessions = told.sessions();
    List<String> bases =
        sessions == null
            ? List.of()
            : sessions.stream().map(TaskWire.Session::baseRef).filter(Objects::nonNull).toList();
    return bases.isEmpty()
        || bases.stream().anyMatch(it -> it.equals(branch) || it.equals("refs/heads/" + branch));
  }
}
