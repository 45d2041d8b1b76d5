package dev.optr.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.CanonicalJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import dev.optr.testing.FakeGitHub;
import dev.optr.testing.FakeJobs;
import dev.optr.testing.VendorSchemas;
import dev.optr.testing.VendorTraffic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkflowJobsTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final String LIST = ".*/attempts/1/jobs.*";

  @TempDir Path directory;
  private GitHubFixture fixture;
  private FakeGitHub github;

  @BeforeEach
  void start() throws IOException {
    fixture = new GitHubFixture(directory);
    github = fixture.github;
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void readsAJobWithItsSteps() {
    github.jobs().add(77, 1, job(5, "optr-verify (codex, tests)", "failure"));

    assertThat(jobs().ofAttempt(77, 1))
        .containsExactly(
            new WorkflowJob(
                5,
                "optr-verify (codex, tests)",
                fixture.head,
                true,
                "failure",
                START,
                START.plusSeconds(90),
                "GitHub Actions 7",
                "https://github.example/acme/widgets/actions/runs/77/job/5",
                List.of(
                    new WorkflowStep("Set up job", true, "success", START, START),
                    new WorkflowStep("optr: x", true, "failure", START, START.plusSeconds(90)))));
    assertThat(github.requestLines())
        .containsExactly(
            "GET /repos/acme/widgets/actions/runs/77/attempts/1/jobs?per_page=100&page=1");
  }

  @Test
  void tellsAJobThatHasNotCompleted() {
    github.jobs().add(77, 1, job(5, "a", null));

    WorkflowJob job = jobs().ofAttempt(77, 1).getFirst();

    assertThat(job.completed()).isFalse();
    assertThat(job.conclusion()).isNull();
    assertThat(job.completedAt()).isNull();
    assertThat(job.steps().getLast().completed()).isFalse();
  }

  @Test
  void readsAJobThatNoRunnerTook() {
    JsonObject queued =
        FakeJobs.job(5, 77, 1, "a", fixture.head, "skipped", START, START)
            .with("runner_id", Json.NULL)
            .with("runner_name", Json.NULL)
            .with("html_url", Json.NULL);
    github.jobs().add(77, 1, queued);
    github.jobs().add(77, 1, queued.with("id", Json.number(6)).without("steps"));

    assertThat(jobs().ofAttempt(77, 1))
        .allSatisfy(
            job -> {
              assertThat(job.runner()).isEmpty();
              assertThat(job.page()).isNull();
              assertThat(job.steps()).isEmpty();
            });
  }

  @Test
  void readsAllPages() {
    for (int id = 1; id <= 200; id++) {
      github.jobs().add(77, 3, job(id, "job " + id, "success"));
    }

    assertThat(jobs().ofAttempt(77, 3)).hasSize(200);
    assertThat(github.requestLines()).hasSize(2);
  }

  @Test
  void refusesAListThatIsShorterThanItSays() {
    JsonObject one = job(1, "a", "success").json(77, 1);
    for (String body :
        List.of(
            FakeJobs.answer(2, List.of(one)),
            FakeJobs.answer(2, List.of(one, one)),
            FakeJobs.answer(0, List.of(one)),
            "{\"jobs\": []}")) {
      github.answerOnce("GET", LIST, 200, Map.of(), body);
      assertThatThrownBy(() -> jobs().ofAttempt(77, 1))
          .isInstanceOf(ServiceException.class)
          .hasMessageStartingWith("could not list the jobs of run 77, attempt 1: GitHub lists ");
    }
  }

  @Test
  void refusesMoreThanTwoThousand() {
    for (int id = 1; id <= 2001; id++) {
      github.jobs().add(77, 1, job(id, "job", "success"));
    }
    assertThatThrownBy(() -> jobs().ofAttempt(77, 1))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("there are more than 2000 of them");
  }

  @Test
  void refusesWhatIsMalformed() {
    JsonObject one = job(1, "a", "success").json(77, 1);
    for (Json bad :
        List.of(
            Json.number(1),
            one.without("name"),
            one.with("id", Json.number(0)),
            one.with("head_sha", Json.text("../x")),
            one.with("run_id", Json.number(78)),
            one.with("started_at", Json.text("yesterday")),
            one.with("steps", Json.text("none")),
            one.with("steps", Json.array(List.of(Json.NULL))),
            one.with("steps", Json.array(List.of(Json.object().put("name", "x").build()))))) {
      String body =
          CanonicalJson.text(
              Json.object().put("total_count", 1).put("jobs", Json.array(List.of(bad))).build());
      github.answerOnce("GET", LIST, 200, Map.of(), body);
      assertThatThrownBy(() -> jobs().ofAttempt(77, 1))
          .isInstanceOf(ServiceException.class)
          .hasMessageStartingWith("could not list the jobs of run 77, attempt 1: GitHub lists a");
    }
    for (String body : List.of("[]", "{}", "{\"total_count\": 1, \"jobs\": {}}")) {
      github.answerOnce("GET", LIST, 200, Map.of(), body);
      assertThatThrownBy(() -> jobs().ofAttempt(77, 1))
          .hasMessageEndingWith("GitHub's list of jobs is no list");
    }
  }

  @Test
  void showsNoAddressThatIsNone() {
    JsonObject job = job(1, "a", "success").json(77, 1);
    for (String address : List.of("javascript:alert(1)", "https://x/](evil) \n", "/x")) {
      github.answerOnce(
          "GET",
          LIST,
          200,
          Map.of(),
          FakeJobs.answer(1, List.of(job.with("html_url", Json.text(address)))));
      assertThat(jobs().ofAttempt(77, 1).getFirst().page()).isNull();
    }
  }

  @Test
  void saysWhichPermissionIsMissing() {
    github.answerOnce(
        "GET", LIST, 403, Map.of(), "{\"message\": \"Resource not accessible by integration\"}");
    assertThatThrownBy(() -> jobs().ofAttempt(77, 1))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "the token may not read the jobs of the run (HTTP 403: Resource not accessible by"
                + " integration); give this job 'permissions: {actions: read}' besides what it has, and an App"
                + " whose token is used in place of the job's own the permission 'Actions: read'");
  }

  @Test
  void saysThatTheRunIsNotThere() {
    assertThatThrownBy(() -> jobs().ofAttempt(77, 9))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "run 77 of acme/widgets has no attempt 9, or the token may not see it (HTTP 404: Not"
                + " Found); give this job 'permissions: {actions: read}', and run it in the run"
                + " that made the bundle");
  }

  @Test
  void asksAndIsAnsweredAsGitHubDescribesIt() {
    VendorSchemas.assumePresent();
    VendorTraffic traffic = github.traffic();
    List<JsonObject> listed =
        List.of(
            job(5, "optr-verify (codex, tests)", "failure").json(77, 1),
            job(6, "optr-verify (claude, tests)", null).json(77, 1));
    listed.forEach(job -> github.jobs().add(77, 1, job));

    assertThat(jobs().ofAttempt(77, 1)).hasSize(2);

    traffic.assertValid();
    assertThat(VendorSchemas.checkAnswer(FakeJobs.OPERATION, 200, FakeJobs.answer(2, listed)))
        .isEmpty();
  }

  private WorkflowJobs jobs() {
    return fixture.connection.workflowJobs();
  }

  private FakeJobs.Job job(long id, String name, @Nullable String how) {
    return new FakeJobs.Job(id, name, fixture.head, "optr: x", how, START, 90);
  }
}
