package dev.optr.github;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.UserException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of the repository's workflow runs (GitHub's REST API, "List jobs for a workflow run
 * attempt").
 *
 * <p>hub4j is not used here: it does not list the jobs of one attempt.
 */
public final class WorkflowJobs {
  private static final int PAGE = 100;

  // A matrix has at most 256 jobs; a run may have several.
  private static final int MOST_PAGES = 20;

  private static final int LONGEST_PAGE_ADDRESS = 1000;

  private final GitHubConnection connection;
  private final Endpoint endpoint;
  private final Transport transport;

  WorkflowJobs(GitHubConnection connection, Endpoint endpoint, Transport transport) {
    this.connection = connection;
    this.endpoint = endpoint;
    this.transport = transport;
  }

  /**
   * All jobs of one attempt, in the order of their ids, one request per 100. Where only failed jobs
   * were run again, GitHub lists the others with it too.
   *
   * @param attempt from 1
   * @throws UserException where the token may not read them, or there is no such attempt
   * @throws dev.optr.base.ServiceException also where there are more than 2,000, or fewer are
   *     listed than there are
   */
  public List<WorkflowJob> ofAttempt(long run, int attempt) {
    return connection.perform(
        "list the jobs of run " + run + ", attempt " + attempt,
        () -> {
          try {
            return list(run, attempt);
          } catch (HttpRefusal refusal) {
            if (refusal.status() == 403) {
              throw mayNot(refusal);
            }
            if (refusal.status() == 404) {
              throw notThere(run, attempt, refusal);
            }
            throw refusal;
          }
        });
  }

  private static UserException mayNot(HttpRefusal refusal) {
    return new UserException(
        "the token may not read the jobs of the run (HTTP 403: "
            + refusal.getMessage()
            + "); give this job 'permissions: {actions: read}' besides what it has, and an App whose"
            + " token is used in place of the job's own the permission 'Actions: read'");
  }

  private UserException notThere(long run, int attempt, HttpRefusal refusal) {
    return new UserException(
        "run %d of %s has no attempt %d, or the token may not see it (HTTP 404: %s); give this job"
                .formatted(run, endpoint.repository(), attempt, refusal.getMessage())
            + " 'permissions: {actions: read}', and run it in the run that made the bundle");
  }

  private List<WorkflowJob> list(long run, int attempt) throws IOException {
    SortedMap<Long, WorkflowJob> jobs = new TreeMap<>();
    long total = 1;
    int size = PAGE;
    for (int page = 1; size == PAGE && jobs.size() < total; page++) {
      if (page > MOST_PAGES) {
        throw new IOException("there are more than " + MOST_PAGES * PAGE + " of them");
      }
      JsonObject answer = page(run, attempt, page);
      List<Json> listed = answer.array("jobs");
      size = listed.size();
      total = Objects.requireNonNullElse(answer.integer("total_count"), -1L);
      for (Json one : listed) {
        WorkflowJob job = read(one, run);
        jobs.put(job.id(), job);
      }
    }
    // A job that is left out could be a second one of a name that must be there once.
    if (jobs.size() != total) {
      throw new IOException("GitHub lists " + jobs.size() + " of " + total + " jobs");
    }
    return List.copyOf(jobs.values());
  }

  private JsonObject page(long run, int attempt, int page) throws IOException {
    URI address =
        endpoint.resource(
            "actions/runs/%d/attempts/%d/jobs".formatted(run, attempt),
            "per_page=%d&page=%d".formatted(PAGE, page));
    if (transport.sendJson("GET", address, Json.NULL) instanceof JsonObject answer
        && answer.get("jobs") instanceof Json.Array) {
      return answer;
    }
    throw new IOException("GitHub's list of jobs is no list");
  }

  private static WorkflowJob read(Json listed, long run) throws IOException {
    if (!(listed instanceof JsonObject object)) {
      throw new IOException("GitHub lists a job that is no object");
    }
    try {
      Payload job = new Payload("", object);
      WorkflowJob read =
          new WorkflowJob(
              job.positive("id"),
              job.text("name"),
              job.commit("head_sha"),
              job.text("status").equals("completed"),
              job.textOrNull("conclusion"),
              job.timeOrNull("started_at"),
              job.timeOrNull("completed_at"),
              Objects.requireNonNullElse(job.textOrNull("runner_name"), ""),
              address(job.textOrNull("html_url")),
              job.objects("steps").stream().map(WorkflowJobs::step).toList());
      boolean same = job.positive("run_id") == run;
      job.throwProblems();
      if (!same) {
        throw new IOException("GitHub lists a job of another run");
      }
      return read;
    } catch (UserException malformed) {
      throw new IOException("GitHub lists a malformed job", malformed);
    }
  }

  private static WorkflowStep step(Payload step) {
    return new WorkflowStep(
        step.text("name"),
        step.text("status").equals("completed"),
        step.textOrNull("conclusion"),
        step.timeOrNull("started_at"),
        step.timeOrNull("completed_at"));
  }

  /** Shown to people as a link, so that it must be a plain one. */
  private static @Nullable String address(@Nullable String told) {
    return told != null
            && told.length() <= LONGEST_PAGE_ADDRESS
            && told.matches("https?://[A-Za-z0-9._~:/?#@!$&*+,;=%-]+")
        ? told
        : null;
  }
}
