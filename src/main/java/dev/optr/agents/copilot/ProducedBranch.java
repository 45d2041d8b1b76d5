package dev.optr.agents.copilot;

import dev.optr.agents.FailureCode;
import dev.optr.agents.ProviderFailure;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which branch a task worked on, from what GitHub says of the task. */
final class ProducedBranch {
  private ProducedBranch() {}

  /**
   * Its short name.
   *
   * @param base the branch that the task started from, which it must not have worked on
   */
  static Result<String> of(TaskWire.Task told, Task task, String base) {
    List<String> named = named(told);
    if (named.isEmpty()) {
      return Result.ended(FailureCode.EMPTY, task + " ended without a branch");
    }
    if (named.size() > 1) {
      return Result.ended(
          FailureCode.SCHEMA, task + " names %d branches, expected one".formatted(named.size()));
    }
    Optional<String> name = BranchName.read(named.getFirst());
    if (name.isEmpty() || name.get().equals(base) || name.get().startsWith("optr/")) {
      return Result.ended(
          FailureCode.SCHEMA,
          "%s names branch '%s', which is refused"
              .formatted(task, ProviderFailure.oneLine(named.getFirst())));
    }
    return Result.got(name.get());
  }

  /** What the artifacts name; the sessions where these name none. */
  private static List<String> named(TaskWire.Task told) {
    List<String> artifacts =
        stream(told.artifacts())
            .filter(artifact -> "branch".equals(artifact.type()))
            .map(TaskWire.Artifact::data)
            .filter(Objects::nonNull)
            .map(TaskWire.Data::headRef)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    return artifacts.isEmpty()
        ? stream(told.sessions())
            .map(TaskWire.Session::headRef)
            .filter(ref -> ref != null && !ref.isEmpty())
            .distinct()
            .toList()
        : artifacts;
  }

  private static <T> Stream<T> stream(@Nullable List<T> list) {
    return list == null ? Stream.empty() : list.stream().filter(Objects::nonNull);
  }
}
