package dev.optr.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.evidence.Check;
import dev.optr.evidence.JobRun;
import dev.optr.evidence.JobRun.Conclusion;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class JobsRecordTest {
  private static final String KEY = "sk-test-0123456789abcdef";
  private static final Instant START = Instant.parse("2026-11-22T10:00:00.5Z");

  private static Check check(Check.Job... runs) {
    return new Check(
        "tests",
        Check.Result.UNKNOWN,
        List.of("its job was cancelled in attempt 1"),
        61_500,
        new Check.Jobs(List.of(runs), true, List.of("tests/a")),
        "sh -c true",
        true);
  }

  private static Check.Job job(int attempt, Conclusion conclusion) {
    return new Check.Job(
        "codex+frozen-tests",
        "x64",
        attempt,
        attempt == 1,
        conclusion,
        START,
        START.plusSeconds(61),
        "runner 7",
        "https://github.example/runs/1",
        new JobRun.Whole(conclusion, START.minusSeconds(30), attempt == 1 ? null : START));
  }

  private static JsonObject written(Check check) {
    EvidenceJson json = new EvidenceJson(new Prose(new Redactor(List.of(Secret.of(KEY)))));
    return Json.object().put("checks", json.checks(List.of(check))).build();
  }

  private static JsonObject job(Check check) {
    JsonObject written = (JsonObject) written(check).array("checks").getFirst();
    return (JsonObject) written.object("jobs").array("runs").getFirst();
  }

  @Test
  void readsWhatItWrote() throws JsonException {
    Check.Job bare =
        new Check.Job("head", null, 2, false, Conclusion.UNKNOWN, null, null, "", null, null);
    Conclusion[] conclusions = Conclusion.values();
    Check.Job[] all =
        IntStream.range(0, conclusions.length)
            .mapToObj(i -> job(i + 1, conclusions[i]))
            .toArray(Check.Job[]::new);
    for (Check check : Arrays.asList(check(all), check(bare), check())) {
      assertThat(EvidenceReader.checks(Fields.of(written(check)))).containsExactly(check);
    }
  }

  @Test
  void tellsTheWholeJobBesideItsStep() {
    JsonObject whole = job(check(job(2, Conclusion.TIMED_OUT)));
    assertThat(whole.text("jobConclusion")).isEqualTo("timed_out");
    assertThat(whole.text("jobStartedAt")).isEqualTo("2026-11-22T09:59:30.500Z");
    assertThat(whole.text("jobCompletedAt")).isEqualTo("2026-11-22T10:00:00.500Z");
    assertThat(whole.text("startedAt")).isEqualTo("2026-11-22T10:00:00.500Z");
  }

  @Test
  void redactsWhatOthersWrote() {
    JsonObject written =
        job(
            check(
                new Check.Job(
                    "head",
                    null,
                    1,
                    true,
                    Conclusion.SUCCESS,
                    null,
                    null,
                    "a " + KEY,
                    "b" + KEY,
                    null)));
    assertThat(written.text("runner")).isEqualTo("a ***");
    assertThat(written.text("page")).isEqualTo("b***");
  }

  @Test
  void namesWhereARecordIsMalformed() {
    JsonObject whole = job(check(job(1, Conclusion.SUCCESS)));
    assertMalformed(
        whole.with("startedAt", Json.text("yesterday")),
        "checks[0].jobs.runs[0].startedAt: expected a time such as 2026-11-22T10:00:00Z, found"
            + " 'yesterday'");
    assertMalformed(
        whole.with("attempt", Json.number(0)), "checks[0].jobs.runs[0].attempt: expected a whole");
    assertMalformed(
        whole.with("conclusion", Json.text("green")),
        "checks[0].jobs.runs[0].conclusion: expected one of cancelled, failure, skipped");
    assertMalformed(whole.without("counts"), "checks[0].jobs.runs[0].counts: is missing");
    for (String name : List.of("jobConclusion", "jobStartedAt", "jobCompletedAt")) {
      assertMalformed(whole.without(name), "checks[0].jobs.runs[0]." + name + ": is missing");
    }
    assertMalformed(
        whole.with("jobCompletedAt", Json.text("later")),
        "checks[0].jobs.runs[0].jobCompletedAt: expected a time such as");
    assertMalformed(
        whole.with("jobConclusion", Json.text("green")),
        "checks[0].jobs.runs[0].jobConclusion: expected one of cancelled, failure, skipped");
    assertMalformed(
        whole.with("jobConclusion", Json.NULL),
        "checks[0].jobs.runs[0].jobConclusion: expected a text, since times of the job are told");
  }

  private static void assertMalformed(JsonObject run, String message) {
    JsonObject check = (JsonObject) written(check()).array("checks").getFirst();
    JsonObject bad =
        check.with("jobs", check.object("jobs").with("runs", Json.array(List.of(run))));
    JsonObject document = Json.object().put("checks", Json.array(List.of(bad))).build();
    assertThatThrownBy(() -> EvidenceReader.checks(Fields.of(document)))
        .isInstanceOf(JsonException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void takesNoCheckThatIsTwoThings() {
    JsonObject check = (JsonObject) written(check()).array("checks").getFirst();
    JsonObject both =
        Json.object()
            .put("checks", Json.array(List.of(check.with("merges", Json.array(List.of())))))
            .build();
    assertThatThrownBy(() -> EvidenceReader.checks(Fields.of(both)))
        .hasMessageStartingWith("checks[0].merges: expected null, since there is a jobs");
  }
}
