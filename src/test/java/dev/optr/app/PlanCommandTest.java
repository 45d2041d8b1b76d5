package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.datalake.DataLakePaths;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code optr plan} says before anybody is asked, with and without earlier runs. */
final class PlanCommandTest {
  private static final String TWO =
      "invariants:\n  - {id: tests, run: 'true'}\n  - {id: lint, run: 'true'}";

  @TempDir Path directory;

  @Test
  void saysWhatADryRunSaysAndTheJobsWhereNothingIsRecorded() throws Exception {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory).settings(TWO)) {
      String before = site.repository().head();
      String dryRun = site.run("--dry-run").out();

      Invocation plan = plan(site);

      assertThat(plan.exit()).as(plan.err()).isZero();
      assertThat(plan.out())
          .startsWith(dryRun)
          .contains("rows: 3 to 5: the frozen commit")
          .contains("jobs: 6 to 10 that verify, besides propose and select\n")
          .contains("history: nothing is recorded of this workflow in the frozen commit")
          .doesNotContain("minutes: ", "cost of");
      assertThat(plan.err()).isEmpty();
      assertThat(site.repository().head()).isEqualTo(before);
      assertThat(site.repository().uncommitted()).isEmpty();
      try (var left = Files.list(directory.resolve("repository/.git"))) {
        assertThat(left).noneMatch(file -> file.endsWith("optr"));
      }
      JsonObject document = plan(site, "--json", "--per-minute", "0.01").document();
      assertThat(document.get("minutes")).isEqualTo(Json.NULL);
      assertThat(document.get("wallMs")).isEqualTo(Json.NULL);
      assertThat(document.object("usd").get("runners")).isEqualTo(Json.NULL);
      assertThat(document.object("jobs")).isEqualTo(range(6, 10));
    }
  }

  @Test
  void takesMinutesAndMoneyFromARunThatWasRecorded() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory).settings(TWO)) {
      assertThat(site.run().exit()).isZero();
      String recorded = site.repository().head();

      Invocation plan = plan(site, "--json", "--per-minute", "0.008");

      assertThat(plan.exit()).as(plan.err()).isZero();
      JsonObject document = plan.document();
      assertThat(document.object("history").integer("runs")).isEqualTo(1);
      assertThat(document.object("history").array("unreadable")).isEmpty();
      assertThat(document.object("minutes").integer("least")).isEqualTo(6 + 2);
      assertThat(document.object("minutes").integer("most")).isEqualTo(10 + 2);
      assertThat(Invocation.objects(document.object("minutes"), "jobs"))
          .hasSize(10)
          .allMatch(job -> job.isTrue("known"));
      assertThat(Invocation.objects(document, "lanes"))
          .extracting(
              lane -> lane.text("agent"),
              lane -> lane.integer("proposed"),
              lane -> lane.get("medianUsd"))
          .containsExactly(tuple("anna", 1L, usd("0.01")), tuple("bert", 1L, usd("0.01")));
      assertThat(document.object("usd").get("lanes")).isEqualTo(usd("0.02"));
      assertThat(document.object("usd").object("runners").get("least")).isEqualTo(usd("0.064"));
      assertThat(document.object("usd").object("runners").get("most")).isEqualTo(usd("0.096"));
      assertThat(Invocation.objects(document, "invariants"))
          .extracting(
              invariant -> invariant.text("id"),
              invariant -> invariant.object("head").integer("count"),
              invariant -> invariant.object("paths").integer("count"))
          .containsExactly(tuple("tests", 1L, 2L), tuple("lint", 1L, 2L));
      assertThat(plan(site, "--per-minute", "0.008").out())
          .contains("history: 1 run\n", "time tests: frozen commit ", "at most ")
          .contains("history of anna: a path in 1 of 1 runs; ", "; $0.01\n")
          .contains("minutes: 8 to 12 billed, each job rounded up: 1 for propose, 1 for select")
          .contains("cost of lanes: $0.02\n", "cost of runners: $0.06 to $0.10\n");
      assertThat(site.repository().head()).isEqualTo(recorded);
    }
  }

  @Test
  void addsUpRunsOfPullRequestsWithTimesOfTheirOwn() {
    try (LocalSite site =
        LocalSite.withTwoGoodAgents(directory)
            .agent("carl", Recordings.decline("no"))
            .settings("invariants: [{id: tests, run: 'true'}]")) {
      record(site, "wish-pr-1", 60_000, 61_000, 30_000, "0.50");
      record(site, "wish-pr-12", 60_000, 121_000, 90_000, "1.50");
      record(site, "wishes", 9_000_000, 9_000_000, 9_000_000, "99");
      record(site, "wish-pr-", 9_000_000, 9_000_000, 9_000_000, "99");

      JsonObject document = plan(site, "--json").document();

      assertThat(document.object("history").integer("runs")).isEqualTo(2);
      // Head 1, three to six paths of 91 s, propose of 60 s, select.
      assertThat(document.object("minutes").integer("least")).isEqualTo(1 + 3 * 2 + 1 + 1);
      assertThat(document.object("minutes").integer("most")).isEqualTo(1 + 6 * 2 + 1 + 1);
      assertThat(document.integer("wallMs")).isEqualTo(60_000 + 91_000);
      assertThat(document.object("usd").get("lanes")).isEqualTo(usd("1"));
      assertThat(document.object("usd").array("unknownLanes"))
          .containsExactly(Json.text("bert"), Json.text("carl"));
      assertThat(document.object("usd").get("runners")).isEqualTo(Json.NULL);
      String text = plan(site).out();
      assertThat(text)
          .contains(
              "time tests: frozen commit 1 min, at most 1 min of 2; paths 1 min 31 s, at most 2 min 1 s of 2")
          .contains("history of bert: no history", "cost of lanes: $1.00; no history: bert, carl")
          .contains("cost of runners: not known; --per-minute takes")
          .contains("waiting: 2 min 31 s, the slowest lane and the slowest job");
    }
  }

  @Test
  void billsWholeJobsWhereJobsVerifiedEarlier() {
    try (LocalSite site =
        LocalSite.withTwoGoodAgents(directory).settings("invariants: [{id: tests, run: 'true'}]")) {
      record(site, "wish-pr-1", 30_000, 30_000, 1_000, "0.50");
      JsonObject before = plan(site, "--json").document();
      assertThat(before.get("setUp")).isEqualTo(Json.NULL);
      assertThat(before.object("minutes").integer("most")).isEqualTo(5 + 1 + 1);
      assertThat(plan(site).out())
          .contains("the rest for verifying; without set-up, of which no earlier run tells")
          .doesNotContain("time of set-up");
      String job =
          """
          {"row": "head", "image": null, "attempt": 1, "counts": true, "conclusion": "success",
           "startedAt": "2026-11-22T10:00:45Z", "completedAt": "2026-11-22T10:01:15Z",
           "jobConclusion": "failure", "jobStartedAt": "2026-11-22T10:00:00Z",
           "jobCompletedAt": "2026-11-22T10:01:20Z", "runner": "r", "page": null}
          """;
      site.repository()
          .commit(
              "Jobs",
              Map.of(
                  DataLakePaths.ofPullRequest("wish", 2).selection(),
                  "{\"head\": {\"checks\": [%s]}}"
                      .formatted(
                          checkOf(
                              30_000,
                              "null",
                              "{\"runs\": [%s], \"flaky\": false, \"restored\": []}"
                                  .formatted(job)))));

      JsonObject after = plan(site, "--json").document();

      assertThat(after.object("setUp").get("medianMs")).isEqualTo(Json.number(50_000));
      assertThat(after.object("setUp").integer("count")).isEqualTo(1);
      assertThat(after.object("minutes").integer("most")).isEqualTo(5 * 2 + 1 + 1);
      assertThat(after.integer("wallMs")).isEqualTo(1_000 + 80_000);
      assertThat(plan(site).out())
          .contains("time of set-up: 50 s, at most 50 s of 1 job that verified\n")
          .contains("with set-up of what verifies; that of propose and select is recorded nowhere");
    }
  }

  @Test
  void saysWhatCannotBeReadAndGoesOn() throws Exception {
    try (LocalSite site =
        LocalSite.withTwoGoodAgents(directory).settings("invariants: [{id: tests, run: 'true'}]")) {
      record(site, "wish", 1_000, 1_000, 1_000, "0.50");
      for (int number = 1; number <= 7; number++) {
        site.repository()
            .commit(
                "Hostile",
                Map.of(
                    DataLakePaths.ofPullRequest("wish", number).selection(),
                    "{\"head\": \u001b[31m"));
      }
      site.repository()
          .commit(
              "Large",
              Map.of(
                  DataLakePaths.of("wish").agentOutput("bert"),
                  "{" + " ".repeat(PastRunDocuments.MOST_BYTES) + "}"));

      Invocation plan = plan(site);

      assertThat(plan.exit()).as(plan.err()).isZero();
      assertThat(plan.out())
          .contains("history: 1 run\n", "not read: 3 more documents\n")
          .doesNotContain("\u001b");
      assertThat(plan.out().lines().filter(line -> line.startsWith("not read: "))).hasSize(6);
      Path link =
          site.repository().directory().resolve(DataLakePaths.of("wish").agentOutput("anna"));
      Files.delete(link);
      Files.createSymbolicLink(link, Path.of("/etc/hostname"));
      site.repository().stage(DataLakePaths.of("wish").agentOutput("anna"));
      site.repository().commitStaged("Link");
      assertThat(plan(site, "--json").out())
          .contains("anna.json: expected a regular file")
          .contains("bert.json: it has more than 8388608 bytes, which is not read for an estimate");
    }
  }

  @Test
  void readsTheNewestRunsOnly() {
    try (LocalSite site =
        LocalSite.withTwoGoodAgents(directory).settings("invariants: [{id: tests, run: 'true'}]")) {
      Map<String, String> files = new TreeMap<>();
      for (int number = 1; number <= PastRunDocuments.MOST_RUNS; number++) {
        files.putAll(documents("wish-pr-" + number, 1_000, 1_000, 1_000, "0.1"));
      }
      files.putAll(documents("wish", 1_000, 1_000, 1_000, "0.1"));
      site.repository().commit("Runs", files);
      site.repository()
          .commit(
              "The oldest", Map.of(DataLakePaths.ofPullRequest("wish", 1).selection(), "spoiled"));

      JsonObject history = plan(site, "--json").document().object("history");

      assertThat(history.integer("runs")).isEqualTo(PastRunDocuments.MOST_RUNS);
      assertThat(history.array("unreadable")).isEmpty();
    }
  }

  @Test
  void saysWhyThreeJobsWouldBeRefused() {
    try (LocalSite site =
        LocalSite.withTwoGoodAgents(directory)
            .settings(
                "execution: serial\ninvariants: [{id: tests, run: 'true', must: not-worsen}]")) {
      Invocation plan = plan(site);

      assertThat(plan.exit()).as(plan.err()).isZero();
      assertThat(plan.out())
          .contains("three jobs would be refused: workflow: 'execution: serial'")
          .contains("three jobs would be refused: workflow: invariant 'tests'")
          .contains("jobs: 3 to 5 that verify");
    }
    StringBuilder many = new StringBuilder("invariants:");
    for (int i = 0; i < 60; i++) {
      many.append("\n  - {id: i%d, run: 'true'}".formatted(i));
    }
    try (LocalSite site =
        LocalSite.withTwoGoodAgents(directory.resolve("many")).settings(many.toString())) {
      JsonObject batched = plan(site, "--json").document();
      assertThat(batched.array("refused")).isEmpty();
      assertThat(batched.object("jobs")).isEqualTo(range(180, 255));

      JsonObject refused = plan(site, "--json", "--images", "a,b,c,d,e,f,g,h").document();
      assertThat(refused.array("refused")).hasSize(1);
      assertThat(refused.get("jobs")).isEqualTo(Json.NULL);
      assertThat(refused.get("minutes")).isEqualTo(Json.NULL);
      assertThat(plan(site, "--images", "a,b").out()).contains("notice: one job for each row");
    }
  }

  @Test
  void asksForALaneOnlyWhereItCanBeAsked() {
    try (LocalSite site =
        LocalSite.withTwoGoodAgents(directory)
            .compatible("dora", "http://127.0.0.1:9/v1", ", credential: DORA_KEY")
            .settings("invariants: [{id: tests, run: 'true'}]")) {
      JsonObject document = plan(site, "--json").document();

      assertThat(document.object("rows")).isEqualTo(range(3, 5));
      assertThat(Invocation.objects(document, "lanes"))
          .extracting(lane -> lane.text("agent"), lane -> lane.isTrue("path"))
          .containsExactly(tuple("anna", true), tuple("bert", true), tuple("dora", false));
      assertThat(plan(site, "--json", "--agents", "bert").document().object("rows"))
          .isEqualTo(range(2, 3));
    }
  }

  @Test
  void refusesArgumentsThatAreNone() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      for (String price : List.of("-1", "1e9", "free", "0.0000001", "")) {
        Invocation plan = plan(site, "--json", "--per-minute", price);
        assertThat(plan.exit()).as(price).isEqualTo(2);
        assertThat(plan.err()).contains("--per-minute: expected USD of one minute");
        assertThat(plan.document().integer("exit")).isEqualTo(2);
      }
      assertThat(plan(site, "--images", "a b").exit()).isEqualTo(2);
      assertThat(plan(site, "--agents", "zoe").exit()).isEqualTo(2);
    }
  }

  private static Invocation plan(LocalSite site, String... more) {
    List<String> arguments = new ArrayList<>(List.of(site.arguments(more)));
    arguments.set(0, "plan");
    return Invocation.of(site.home(), site.environment(), arguments.toArray(String[]::new));
  }

  private static void record(
      LocalSite site, String run, long headMs, long pathMs, long laneMs, String usd) {
    site.repository().commit("Run", documents(run, headMs, pathMs, laneMs, usd));
  }

  /** A run in which anna alone was asked, with what counts in an estimate and nothing else. */
  private static Map<String, String> documents(
      String run, long headMs, long pathMs, long laneMs, String usd) {
    DataLakePaths paths = DataLakePaths.of(run);
    return Map.of(
        paths.selection(),
        "{\"head\": {\"checks\": [%s]}}".formatted(check(headMs)),
        paths.agentOutput("anna"),
        "{\"outcome\": \"proposed\", \"checks\": [%s], \"durationMs\": %d, \"usage\": {\"usd\": %s}}"
            .formatted(check(pathMs), laneMs, usd));
  }

  private static String check(long millis) {
    return checkOf(
        millis,
        """
        {"exitCode": 0, "timedOut": false, "outputTail": "", "tests": null,
         "attempts": 1, "flaky": false, "frozenTests": null}
        """,
        "null");
  }

  private static String checkOf(long millis, String command, String jobs) {
    return """
        {"id": "tests", "result": "held", "because": [], "durationMs": %d,
         "command": %s, "jobs": %s, "merges": null, "review": null, "repeat": null,
         "brokenBefore": false, "rule": null}
        """
        .formatted(millis, command, jobs);
  }

  private static JsonObject range(long least, long most) {
    return Json.object().put("least", least).put("most", most).build();
  }

  private static Json usd(String amount) {
    return Json.number(new BigDecimal(amount));
  }
}
