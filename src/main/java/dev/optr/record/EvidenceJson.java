package dev.optr.record;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.evidence.Check;
import dev.optr.evidence.Check.Opinion;
import dev.optr.evidence.Check.Review;
import dev.optr.evidence.Check.Said;
import dev.optr.evidence.HeadExamined;
import dev.optr.evidence.JobRun;
import dev.optr.evidence.Risk;
import dev.optr.evidence.WhyNot;
import dev.optr.selection.Score;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks, denials and scores as the documents hold them. */
final class EvidenceJson {
  private final Prose prose;

  EvidenceJson(Prose prose) {
    this.prose = prose;
  }

  Json checks(List<Check> checks) {
    return Json.array(checks.stream().map(this::check).toList());
  }

  Json whyNot(List<WhyNot> denials) {
    return Json.array(denials.stream().map(this::denial).toList());
  }

  /** The frozen commit itself: the member {@code head} of a decision. */
  JsonObject head(HeadExamined head) {
    return Json.object()
        .put("admissible", head.admissible())
        .put("checks", checks(head.checks()))
        .put("whyNot", whyNot(head.whyNot()))
        .build();
  }

  static Json score(@Nullable Score score) {
    return score == null
        ? Json.NULL
        : Json.object()
            .put("verifyHours", score.verifyHours())
            .put("reviewHours", score.reviewHours())
            .put("reworkHours", score.reworkHours())
            .put("expectedTtvHours", score.expectedTtvHours())
            .put("usd", score.usd())
            .put("costHours", score.costHours())
            .put("riskHours", score.riskHours())
            .put("probabilityHours", score.probabilityHours())
            .put("objective", score.objective())
            .put("expectedTtvSeconds", score.expectedTtvSeconds())
            .build();
  }

  private JsonObject check(Check check) {
    return Json.object()
        .put("id", check.id())
        .put("result", check.result().name().toLowerCase(Locale.ROOT))
        .put("because", prose.texts(check.because()))
        .put("durationMs", check.durationMs())
        .put("command", command(check.command()))
        .put("jobs", check.evidence() instanceof Check.Jobs jobs ? jobs(jobs) : Json.NULL)
        .put("merges", merges(check.evidence()))
        .put("review", check.evidence() instanceof Review review ? review(review) : Json.NULL)
        .put("repeat", prose.text(check.repeat()))
        .put("brokenBefore", check.brokenBefore())
        .put("rule", rule(check.evidence()))
        .build();
  }

  private Json rule(Check.@Nullable Evidence evidence) {
    return evidence instanceof Check.Rule(String expression, boolean advisory)
        ? Json.object().put("expression", prose.text(expression)).put("advisory", advisory).build()
        : Json.NULL;
  }

  /** Features with the files that show them, which are foreign text. */
  Json risk(Optional<Risk> risk) {
    return risk.<Json>map(
            known ->
                Json.object()
                    .put("score", known.score())
                    .put(
                        "features",
                        Json.array(known.features().stream().map(this::feature).toList()))
                    .build())
        .orElse(Json.NULL);
  }

  private JsonObject feature(Risk.Feature feature) {
    return Json.object()
        .put("id", feature.id())
        .put("weight", feature.weight())
        .put("files", prose.texts(feature.files()))
        .put("fileCount", feature.fileCount())
        .build();
  }

  private Json command(Check.@Nullable Command command) {
    return command == null
        ? Json.NULL
        : Json.object()
            .put(
                "exitCode",
                command.exitCode() == null ? Json.NULL : Json.number(command.exitCode()))
            .put("timedOut", command.timedOut())
            .put("outputTail", prose.text(command.outputTail()))
            .put("tests", tests(command.tests()))
            .put("attempts", command.attempts())
            .put("flaky", command.flaky())
            .put("frozenTests", frozenTests(command.frozenTests()))
            .build();
  }

  private Json jobs(Check.Jobs jobs) {
    return Json.object()
        .put("runs", Json.array(jobs.runs().stream().map(this::job).toList()))
        .put("flaky", jobs.flaky())
        .put("restored", prose.texts(jobs.restored()))
        .build();
  }

  private JsonObject job(Check.Job job) {
    JobRun.@Nullable Whole whole = job.whole();
    return Json.object()
        .put("row", job.row())
        .put("image", job.image())
        .put("attempt", job.attempt())
        .put("counts", job.counts())
        .put("conclusion", conclusion(job.conclusion()))
        .put("startedAt", time(job.startedAt()))
        .put("completedAt", time(job.completedAt()))
        .put("jobConclusion", whole == null ? null : conclusion(whole.conclusion()))
        .put("jobStartedAt", time(whole == null ? null : whole.startedAt()))
        .put("jobCompletedAt", time(whole == null ? null : whole.completedAt()))
        .put("runner", prose.text(job.runner()))
        .put("page", prose.text(job.page()))
        .build();
  }

  private static String conclusion(JobRun.Conclusion conclusion) {
    return conclusion.name().toLowerCase(Locale.ROOT);
  }

  private static Json time(@Nullable Instant time) {
    return time == null ? Json.NULL : Json.text(time.toString());
  }

  private static Json tests(Check.@Nullable Tests tests) {
    return tests == null
        ? Json.NULL
        : Json.object()
            .put("passed", tests.passed())
            .put("failed", tests.failed())
            .put("skipped", tests.skipped())
            .build();
  }

  private Json frozenTests(Check.@Nullable FrozenTests frozenTests) {
    return frozenTests == null
        ? Json.NULL
        : Json.object()
            .put("files", prose.texts(frozenTests.files()))
            .put("command", command(frozenTests.command()))
            .build();
  }

  private Json merges(Check.@Nullable Evidence evidence) {
    return evidence instanceof Check.Merges(List<Check.Merge> merges)
        ? Json.array(merges.stream().map(this::merge).toList())
        : Json.NULL;
  }

  private JsonObject merge(Check.Merge merge) {
    return Json.object()
        .put("number", merge.number() == null ? Json.NULL : Json.number(merge.number()))
        .put("branch", prose.text(merge.branch()))
        .put("commit", merge.commit())
        .put("fork", merge.fork())
        .put("cleanBefore", flag(merge.cleanBefore()))
        .put("cleanWith", flag(merge.cleanWith()))
        .put("files", prose.texts(merge.files()))
        .put("notCompared", prose.text(merge.notCompared()))
        .build();
  }

  private static Json flag(@Nullable Boolean value) {
    return value == null ? Json.NULL : Json.bool(value);
  }

  private Json review(Review review) {
    return Json.object()
        .put("alias", review.alias())
        .put("advisory", review.advisory())
        .put("usd", review.usd())
        .put("opinions", Json.array(review.opinions().stream().map(this::opinion).toList()))
        .put("addressed", prose.texts(review.addressed()))
        .build();
  }

  private JsonObject opinion(Opinion opinion) {
    return Json.object()
        .put("judge", opinion.judge())
        .put("vote", opinion.vote().name().toLowerCase(Locale.ROOT))
        .put("why", prose.text(opinion.why()))
        .put("said", Json.array(opinion.said().stream().map(this::said).toList()))
        .build();
  }

  private JsonObject said(Said said) {
    return Json.object()
        .put("held", said.held() == null ? Json.NULL : Json.bool(said.held()))
        .put("quote", prose.text(said.quote()))
        .build();
  }

  private JsonObject denial(WhyNot denial) {
    return Json.object()
        .put("code", denial.code().name())
        .put("rule", denial.rule())
        .put("message", prose.text(denial.message()))
        .put("evidence", prose.text(denial.evidence()))
        .build();
  }
}
