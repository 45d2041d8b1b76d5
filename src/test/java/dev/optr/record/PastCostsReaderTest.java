package dev.optr.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.PrettyJson;
import dev.optr.base.Redactor;
import dev.optr.datalake.DataLakePaths;
import dev.optr.evidence.Check;
import dev.optr.evidence.JobRun;
import dev.optr.evidence.JobRun.Conclusion;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is taken of documents, made by hand with times that are known. */
final class PastCostsReaderTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final EvidenceJson EVIDENCE = new EvidenceJson(new Prose(new Redactor(List.of())));
  private static final DataLakePaths FIRST = DataLakePaths.of("wish-pr-1");
  private static final DataLakePaths SECOND = DataLakePaths.of("wish-pr-2");

  private final Map<String, Bytes> documents = new TreeMap<>();

  @Test
  void knowsNothingWhereNothingIsRecorded() {
    assertThat(read(FIRST, SECOND)).isEqualTo(PastCosts.none());
  }

  @Test
  void takesMediansAndTheLargest() {
    decision(FIRST, command("tests", 10_000, 1, 0));
    decision(SECOND, command("tests", 31_000, 1, 0));
    lane(FIRST, "anna", "proposed", 60_000, "0.10", command("tests", 5_000, 1, 0));
    lane(SECOND, "anna", "declined", 90_000, "0.30");
    lane(FIRST, "bert", "proposed", 1_000, null, command("tests", 9_000, 1, 0));
    lane(SECOND, "bert", "not_asked", 0, "0");

    PastCosts past = read(FIRST, SECOND);

    assertThat(past.runs()).isEqualTo(2);
    assertThat(past.unreadable()).isEmpty();
    assertThat(past.ofHead("tests").median()).hasValue(new BigDecimal("20500"));
    assertThat(past.ofHead("tests").largest()).hasValue(new BigDecimal("31000"));
    assertThat(past.ofPaths("tests").values())
        .containsExactly(new BigDecimal("5000"), new BigDecimal("9000"));
    assertThat(past.of("anna"))
        .isEqualTo(new PastCosts.Lane(2, 1, seen("60000", "90000"), seen("0.1", "0.3")));
    assertThat(past.of("anna").usd().median().orElseThrow()).isEqualByComparingTo("0.2");
    assertThat(past.of("bert")).isEqualTo(new PastCosts.Lane(1, 1, seen("1000"), seen()));
    assertThat(past.of("carl").asked()).isZero();
  }

  @Test
  void takesTheTimeOfOneRunOfACommand() {
    lane(FIRST, "anna", "proposed", 1, null, command("tests", 12_000, 2, 1));

    assertThat(read(FIRST).ofPaths("tests")).isEqualTo(seen("4000"));
  }

  @Test
  void takesEveryJobThatRanAndTellsItsTime() {
    Check.Job[] jobs = {
      job(Conclusion.SUCCESS, START, START.plusSeconds(70)),
      job(Conclusion.FAILURE, START, START.plusSeconds(30)),
      job(Conclusion.TIMED_OUT, START, START.plusSeconds(600)),
      job(Conclusion.CANCELLED, START, START.plusSeconds(1)),
      job(Conclusion.SKIPPED, START, START),
      job(Conclusion.UNKNOWN, START, START.plusSeconds(2)),
      job(Conclusion.SUCCESS, START, null),
      job(Conclusion.SUCCESS, START, START.minusSeconds(5)),
      job(Conclusion.SUCCESS, START, START.plusSeconds(36L * 24 * 3600)),
      job(Conclusion.SUCCESS, Instant.MIN, Instant.MAX),
    };
    decision(FIRST, check("tests", 1, new Check.Jobs(List.of(jobs), false, List.of())));

    assertThat(read(FIRST).ofHead("tests")).isEqualTo(seen("30000", "70000", "600000"));
  }

  @Test
  void takesSetUpFromJobsOfWhichAllTimesAreTold() {
    Instant end = START.plusSeconds(100);
    JobRun.Whole whole = new JobRun.Whole(Conclusion.FAILURE, START.minusSeconds(40), end);
    JobRun.Whole endless = new JobRun.Whole(Conclusion.SUCCESS, START, null);
    JobRun.Whole cancelled = new JobRun.Whole(Conclusion.CANCELLED, START, end);
    JobRun.Whole shorter = new JobRun.Whole(Conclusion.SUCCESS, START, START.plusSeconds(1));
    JobRun.Whole fromEver = new JobRun.Whole(Conclusion.SUCCESS, Instant.MIN, Instant.MAX);
    Check.Job[] jobs = {
      inJob("a", Conclusion.SUCCESS, 90, whole),
      inJob("b", Conclusion.FAILURE, 30, whole),
      inJob("c", Conclusion.CANCELLED, 30, whole),
      inJob("d", Conclusion.UNKNOWN, 30, whole),
      inJob("e", Conclusion.SUCCESS, 30, endless),
      inJob("f", Conclusion.SUCCESS, 30, cancelled),
      inJob("g", Conclusion.SUCCESS, 30, shorter),
      inJob("h", Conclusion.SUCCESS, 30, fromEver),
      inJob("i", Conclusion.SUCCESS, 30, null),
    };
    decision(FIRST, check("tests", 1, new Check.Jobs(List.of(jobs), false, List.of())));
    lane(
        FIRST,
        "anna",
        "proposed",
        1,
        null,
        command("lint", 7_000, 1, 0),
        check("tests", 1, new Check.Jobs(List.of(jobs[0]), false, List.of())));

    assertThat(read(FIRST).setUp()).isEqualTo(seen("50000", "110000"));
  }

  @Test
  void takesSetUpOnceFromAJobOfSeveralSteps() {
    JobRun.Whole whole =
        new JobRun.Whole(Conclusion.FAILURE, START.minusSeconds(40), START.plusSeconds(100));
    decision(
        FIRST,
        jobs("tests", inJob("a", Conclusion.SUCCESS, 20, whole)),
        jobs("renamed", inJob("a", Conclusion.FAILURE, 30, whole)),
        jobs("lint", inJob("a", Conclusion.SKIPPED, 0, whole)),
        jobs("else", inJob("b", Conclusion.SUCCESS, 100, whole)));

    assertThat(read(FIRST).setUp()).isEqualTo(seen("40000", "90000"));
    assertThat(read(FIRST).ofHead("tests")).isEqualTo(seen("20000"));
  }

  @Test
  void takesSetUpOfALimitedNumberOfJobs() {
    JobRun.Whole whole = new JobRun.Whole(Conclusion.SUCCESS, START, START.plusSeconds(100));
    Check.Job[] jobs =
        IntStream.range(0, 1_000)
            .mapToObj(i -> inJob("job " + i, Conclusion.SUCCESS, 1, whole))
            .toArray(Check.Job[]::new);
    decision(FIRST, jobs("tests", jobs));

    assertThat(read(FIRST).setUp().count()).isEqualTo(256);
  }

  @Test
  void countsOnlyChecksThatRanAndThatAreNamed() {
    Check notRun = new Check("tests", Check.Result.NOT_RUN, List.of("no"), 7, null, null, false);
    decision(FIRST, notRun, command("other", 1_000, 1, 0), command("lint", 2_000, 1, 0));

    PastCosts past = read(FIRST);

    assertThat(past.head()).isEqualTo(Map.of("lint", seen("2000")));
  }

  @Test
  void countsJudgingOncePerChange() {
    decision(FIRST, review("a", "0.02"), review("a", "0.02"));
    lane(FIRST, "anna", "proposed", 1, null, review("b", "0.03"));
    decision(SECOND, review("c", null), review("d", "5"));

    assertThat(read(FIRST, SECOND).judges()).isEqualTo(seen("0.05"));
  }

  @Test
  void countsWhatCannotBeRead() {
    decision(FIRST, command("tests", 1_000, 1, 0));
    put(FIRST.agentOutput("anna"), "{\"checks\":[");
    put(FIRST.agentOutput("bert"), "[".repeat(10_000));
    put(SECOND.selection(), "{\"head\":{\"checks\":[{\"id\":\"tests\\u001b[2J\"}]}}");
    put(SECOND.agentOutput("anna"), output("proposed", -1, "1"));
    put(SECOND.agentOutput("bert"), output("proposed", 1, "1000001"));

    PastCosts past = read(FIRST, SECOND);

    assertThat(past.runs()).isEqualTo(1);
    assertThat(past.unreadable()).hasSize(5).allMatch(text -> text.matches("[ -~]{1,1200}"));
    assertThat(past.unreadable().getLast())
        .startsWith("datalake/workflows/wish-pr-2/agent-outputs/bert.json: usage.usd: expected");
    assertThat(past.lanes()).isEmpty();
    assertThat(past.ofHead("tests").count()).isEqualTo(1);
  }

  @Test
  void refusesTimesAndAmountsThatAreNone() {
    for (String usd : List.of("-0.1", "1e400", "\"1\"", "1000000.01", "1e99999")) {
      put(FIRST.agentOutput("anna"), output("proposed", 1, usd));
      assertThat(read(FIRST).unreadable()).as(usd).hasSize(1);
    }
    put(FIRST.agentOutput("anna"), output("proposed", Long.MAX_VALUE, "1"));
    assertThat(read(FIRST).unreadable()).hasSize(1);
    put(FIRST.agentOutput("anna"), output("proposed", 5, "1000000"));
    assertThat(read(FIRST).of("anna").usd()).isEqualTo(seen("1000000"));
  }

  @Test
  void takesALimitedPartOfOneDocument() {
    Check.Job[] jobs =
        IntStream.range(0, 1_000)
            .mapToObj(_ -> job(Conclusion.SUCCESS, START, START.plusSeconds(1)))
            .toArray(Check.Job[]::new);
    Check check = check("tests", 1, new Check.Jobs(List.of(jobs), false, List.of()));
    decision(FIRST, check, check, check);

    assertThat(read(FIRST).ofHead("tests").count()).isEqualTo(64);
  }

  @Test
  void saysWhatTheSourceRefuses() {
    PastCosts past =
        PastCostsReader.read(
            List.of(FIRST),
            Set.of("tests"),
            List.of(),
            _ -> {
              throw new JsonException("too large");
            });

    assertThat(past.unreadable()).containsExactly(FIRST.selection() + ": too large");
    assertThat(past.runs()).isZero();
  }

  private PastCosts read(DataLakePaths... runs) {
    return PastCostsReader.read(
        List.of(runs),
        Set.of("tests", "lint"),
        List.of("anna", "bert"),
        path -> Optional.ofNullable(documents.get(path)));
  }

  private void decision(DataLakePaths run, Check... checks) {
    JsonObject head = Json.object().put("checks", EVIDENCE.checks(List.of(checks))).build();
    put(run.selection(), PrettyJson.text(Json.object().put("head", head).build()));
  }

  private void lane(
      DataLakePaths run,
      String agent,
      String outcome,
      long durationMs,
      @Nullable String usd,
      Check... checks) {
    JsonObject usage = Json.object().put("usd", usd == null ? null : new BigDecimal(usd)).build();
    put(
        run.agentOutput(agent),
        PrettyJson.text(
            Json.object()
                .put("outcome", outcome)
                .put("checks", EVIDENCE.checks(List.of(checks)))
                .put("durationMs", durationMs)
                .put("usage", usage)
                .build()));
  }

  private static String output(String outcome, long durationMs, String usd) {
    return "{\"outcome\":\"%s\",\"checks\":[],\"durationMs\":%d,\"usage\":{\"usd\":%s}}"
        .formatted(outcome, durationMs, usd);
  }

  private void put(String path, String text) {
    documents.put(path, Bytes.utf8(text));
  }

  private static Check command(String id, long durationMs, int attempts, int restoredAttempts) {
    Check.FrozenTests again =
        restoredAttempts == 0
            ? null
            : new Check.FrozenTests(
                List.of("t"), new Check.Command(0, false, "", null, restoredAttempts, false, null));
    return check(id, durationMs, new Check.Command(0, false, "", null, attempts, false, again));
  }

  private static Check review(String alias, @Nullable String usd) {
    return check(
        "words",
        0,
        new Check.Review(
            alias, false, usd == null ? null : new BigDecimal(usd), List.of(), List.of()));
  }

  private static Check check(String id, long durationMs, Check.Evidence evidence) {
    return new Check(id, Check.Result.HELD, List.of(), durationMs, evidence, null, false);
  }

  private static Check.Job job(
      Conclusion conclusion, @Nullable Instant started, @Nullable Instant completed) {
    return new Check.Job("head", null, 1, true, conclusion, started, completed, "", null, null);
  }

  private static Check jobs(String id, Check.Job... jobs) {
    return check(id, 1, new Check.Jobs(List.of(jobs), false, List.of()));
  }

  private static Check.Job inJob(
      String page, Conclusion conclusion, long seconds, JobRun.@Nullable Whole whole) {
    return new Check.Job(
        "head", null, 1, true, conclusion, START, START.plusSeconds(seconds), "", page, whole);
  }

  private static Seen seen(String... values) {
    return new Seen(List.of(values).stream().map(BigDecimal::new).toList());
  }
}
