package dev.optr.agents.copilot;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What goes over the wire, as far as it is used. */
final class TaskWire {
  private TaskWire() {}

  /**
   * Never with {@code head_ref}: the agent would commit to that branch.
   *
   * @param model null = Copilot chooses
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Start(
      String prompt,
      @Nullable String model,
      @JsonProperty("create_pull_request") boolean createPullRequest,
      @JsonProperty("base_ref") String baseRef) {}

  record Tasks(@Nullable List<Task> tasks) {
    Tasks {
      tasks = withoutNull(tasks);
    }
  }

  record Task(
      @Nullable String id,
      @JsonProperty("html_url") @Nullable String htmlUrl,
      @Nullable String state,
      @Nullable List<Artifact> artifacts,
      @Nullable List<Session> sessions) {
    Task {
      artifacts = withoutNull(artifacts);
      sessions = withoutNull(sessions);
    }
  }

  record Artifact(@Nullable String type, @Nullable Data data) {}

  record Data(
      @JsonProperty("head_ref") @Nullable String headRef,
      @JsonProperty("base_ref") @Nullable String baseRef) {}

  record Session(
      @Nullable String prompt,
      @JsonProperty("head_ref") @Nullable String headRef,
      @JsonProperty("base_ref") @Nullable String baseRef,
      @Nullable String model,
      @Nullable Consumed usage,
      @Nullable Problem error) {}

  record Consumed(@Nullable String type, @Nullable BigDecimal amount) {}

  record Problem(@Nullable String message) {}

  record Failure(@Nullable String message) {}

  record NewRef(String ref, String sha) {}

  record Ref(@Nullable Target object) {}

  record Target(@Nullable String type, @Nullable String sha) {}

  record Comparison(@JsonProperty("merge_base_commit") @Nullable Named mergeBase) {}

  record Named(@Nullable String sha) {}

  record Commit(@Nullable String sha, @Nullable Named tree) {}

  record Tree(@Nullable String sha, @Nullable List<Entry> tree, @Nullable Boolean truncated) {}

  record Entry(
      @Nullable String path,
      @Nullable String mode,
      @Nullable String type,
      @Nullable String sha,
      @Nullable Long size) {}

  record Blob(@Nullable String content, @Nullable String encoding) {}

  /** JSON's null may stand wherever an element may. */
  private static <T> @Nullable List<T> withoutNull(@Nullable List<T> list) {
    return list == null ? null : list.stream().filter(Objects::nonNull).toList();
  }
}
