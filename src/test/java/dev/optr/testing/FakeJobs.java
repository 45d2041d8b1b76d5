package dev.optr.testing;

import dev.optr.base.CanonicalJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Jobs of workflow runs of the pretended GitHub, in the form of its published description ("List
 * jobs for a workflow run attempt"), which {@code WorkflowJobsTest} holds them to.
 */
public final class FakeJobs {
  /** The operation's name in GitHub's published description. */
  public static final String OPERATION =
      "GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs";

  private static final Pattern ATTEMPT =
      Pattern.compile(
          "/repos/"
              + FakeGitHub.REPOSITORY
              + "/actions/runs/(\\d+)/attempts/(\\d+)/jobs"
              + "\\?per_page=(\\d+)&page=(\\d+)");

  private final Map<String, List<JsonObject>> jobs = new ConcurrentHashMap<>();

  /**
   * A job of one step.
   *
   * @param conclusion of both; null while they are in progress
   * @param seconds how long the step takes
   */
  public record Job(
      long id,
      String name,
      String commit,
      String step,
      @Nullable String conclusion,
      Instant startedAt,
      long seconds) {

    /** As GitHub lists it. */
    public JsonObject json(long run, int attempt) {
      return FakeJobs.job(id, run, attempt, name, commit, conclusion, startedAt, endedAt())
          .with(
              "steps",
              Json.array(
                  List.of(
                      FakeJobs.step(1, "Set up job", "success", startedAt, startedAt),
                      FakeJobs.step(2, step, conclusion, startedAt, endedAt()))));
    }

    private @Nullable Instant endedAt() {
      return conclusion == null ? null : startedAt.plusSeconds(seconds);
    }
  }

  /** A job without steps. */
  public static JsonObject job(
      long id,
      long run,
      int attempt,
      String name,
      String commit,
      @Nullable String conclusion,
      Instant startedAt,
      @Nullable Instant completedAt) {
    String api = "https://api.github.example/repos/" + FakeGitHub.REPOSITORY;
    return Json.object()
        .put("id", id)
        .put("run_id", run)
        .put("run_url", api + "/actions/runs/" + run)
        .put("run_attempt", attempt)
        .put("node_id", "CR_" + id)
        .put("head_sha", commit)
        .put("url", api + "/actions/jobs/" + id)
        .put(
            "html_url",
            "https://github.example/%s/actions/runs/%d/job/%d"
                .formatted(FakeGitHub.REPOSITORY, run, id))
        .put("status", conclusion == null ? "in_progress" : "completed")
        .put("conclusion", conclusion)
        .put("created_at", startedAt.toString())
        .put("started_at", startedAt.toString())
        .put("completed_at", completedAt == null ? null : completedAt.toString())
        .put("name", name)
        .put("steps", Json.array(List.of()))
        .put("check_run_url", api + "/check-runs/" + id)
        .put("labels", Json.texts(List.of("ubuntu-24.04")))
        .put("runner_id", 7)
        .put("runner_name", "GitHub Actions 7")
        .put("runner_group_id", 2)
        .put("runner_group_name", "GitHub Actions")
        .put("workflow_name", "optr")
        .put("head_branch", "topic")
        .build();
  }

  /** One step. */
  public static JsonObject step(
      int number,
      String name,
      @Nullable String conclusion,
      Instant startedAt,
      @Nullable Instant completedAt) {
    return Json.object()
        .put("name", name)
        .put("status", conclusion == null ? "in_progress" : "completed")
        .put("conclusion", conclusion)
        .put("number", number)
        .put("started_at", startedAt.toString())
        .put("completed_at", completedAt == null ? null : completedAt.toString())
        .build();
  }

  /** Lets an attempt of a run have one more job. */
  public void add(long run, int attempt, Job job) {
    add(run, attempt, job.json(run, attempt));
  }

  /** See {@link #add(long, int, Job)}. */
  public void add(long run, int attempt, JsonObject job) {
    jobs.computeIfAbsent(run + "/" + attempt, _ -> new ArrayList<>()).add(job);
  }

  /** An answer that lists these, of so many. */
  public static String answer(long total, List<JsonObject> listed) {
    return CanonicalJson.text(
        Json.object().put("total_count", total).put("jobs", Json.array(listed)).build());
  }

  Optional<FakeReply> answer(FakeGitHub.Request request) {
    Matcher path = ATTEMPT.matcher(request.path());
    if (!request.method().equals("GET") || !path.matches()) {
      return Optional.empty();
    }
    List<JsonObject> all = jobs.get(path.group(1) + "/" + path.group(2));
    if (all == null) {
      return Optional.of(FakeReply.error(404, "Not Found"));
    }
    int size = Integer.parseInt(path.group(3));
    int from = Math.min(all.size(), size * (Integer.parseInt(path.group(4)) - 1));
    List<JsonObject> page = all.subList(from, Math.min(all.size(), from + size));
    return Optional.of(new FakeReply(200, Map.of(), answer(all.size(), page)));
  }
}
