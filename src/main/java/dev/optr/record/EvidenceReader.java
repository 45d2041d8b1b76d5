package dev.optr.record;

import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.evidence.Check;
import dev.optr.evidence.HeadExamined;
import dev.optr.evidence.JobRun;
import dev.optr.evidence.WhyNot;
import dev.optr.intent.Intent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks and denials from the documents that {@link EvidenceJson} wrote. */
final class EvidenceReader {
  private static final Map<String, Check.Result> RESULTS =
      byName(Check.Result.values(), result -> result.name().toLowerCase(Locale.ROOT));
  private static final Map<String, WhyNot.Code> CODES =
      byName(WhyNot.Code.values(), WhyNot.Code::name);

  private static final Map<String, Check.Vote> VOTES =
      byName(Check.Vote.values(), vote -> vote.name().toLowerCase(Locale.ROOT));

  private static final Map<String, JobRun.Conclusion> CONCLUSIONS =
      byName(JobRun.Conclusion.values(), conclusion -> conclusion.name().toLowerCase(Locale.ROOT));

  private EvidenceReader() {}

  /** Values by the name that documents give them, in the order of their names. */
  static <T> Map<String, T> byName(T[] values, Function<T, String> name) {
    return Arrays.stream(values)
        .collect(Collectors.toMap(name, Function.identity(), (one, _) -> one, TreeMap::new));
  }

  /** The frozen commit itself; every member is one that is written. */
  static HeadExamined head(Fields head, Intent intent, EvidenceRule rule) throws JsonException {
    HeadExamined examined = new HeadExamined(checks(head), whyNot(head));
    JsonObject written = new EvidenceJson(Written.PROSE).head(examined);
    Written.check(head.name(), written, head.object());
    rule.check(intent, examined.checks());
    return examined;
  }

  /** The member {@code checks}. */
  static List<Check> checks(Fields document) throws JsonException {
    List<Check> checks = new ArrayList<>();
    for (Fields check : document.objects("checks")) {
      checks.add(
          new Check(
              check.text("id"),
              check.oneOf("result", RESULTS),
              check.texts("because"),
              check.millis("durationMs"),
              evidence(check),
              check.textOrNull("repeat"),
              check.flag("brokenBefore")));
    }
    return checks;
  }

  /** The member {@code whyNot}. */
  static List<WhyNot> whyNot(Fields document) throws JsonException {
    List<WhyNot> denials = new ArrayList<>();
    for (Fields denial : document.objects("whyNot")) {
      denials.add(
          new WhyNot(
              denial.oneOf("code", CODES),
              denial.text("rule"),
              denial.text("message"),
              denial.text("evidence")));
    }
    return denials;
  }

  private static Check.@Nullable Evidence evidence(Fields check) throws JsonException {
    List<String> kinds = new ArrayList<>();
    for (String kind : List.of("command", "jobs", "merges", "review", "rule")) {
      if (!check.isNull(kind)) {
        kinds.add(kind);
      }
    }
    if (kinds.size() > 1) {
      throw check.unexpected(kinds.get(1), "null, since there is a " + kinds.getFirst());
    }
    if (!check.isNull("jobs")) {
      return jobs(check.object("jobs"));
    }
    if (!check.isNull("merges")) {
      return merges(check);
    }
    if (!check.isNull("review")) {
      return review(check.object("review"));
    }
    if (!check.isNull("rule")) {
      Fields rule = check.object("rule");
      return new Check.Rule(rule.text("expression"), rule.flag("advisory"));
    }
    return check.isNull("command") ? null : command(check.object("command"));
  }

  private static Check.Jobs jobs(Fields jobs) throws JsonException {
    List<Check.Job> runs = new ArrayList<>();
    for (Fields run : jobs.objects("runs")) {
      runs.add(
          new Check.Job(
              run.text("row"),
              run.textOrNull("image"),
              (int) run.whole("attempt", 1, Integer.MAX_VALUE),
              run.flag("counts"),
              run.oneOf("conclusion", CONCLUSIONS),
              run.timeOrNull("startedAt"),
              run.timeOrNull("completedAt"),
              run.text("runner"),
              run.textOrNull("page"),
              whole(run)));
    }
    return new Check.Jobs(runs, jobs.flag("flaky"), jobs.texts("restored"));
  }

  private static JobRun.@Nullable Whole whole(Fields run) throws JsonException {
    Instant startedAt = run.timeOrNull("jobStartedAt");
    Instant completedAt = run.timeOrNull("jobCompletedAt");
    if (!run.isNull("jobConclusion")) {
      return new JobRun.Whole(run.oneOf("jobConclusion", CONCLUSIONS), startedAt, completedAt);
    }
    if (startedAt != null || completedAt != null) {
      throw run.unexpected("jobConclusion", "a text, since times of the job are told");
    }
    return null;
  }

  private static Check.Merges merges(Fields check) throws JsonException {
    List<Check.Merge> merges = new ArrayList<>();
    for (Fields merge : check.objects("merges")) {
      merges.add(
          new Check.Merge(
              merge.wholeOrNull("number", 1),
              merge.text("branch"),
              merge.text("commit"),
              merge.flag("fork"),
              merge.flagOrNull("cleanBefore"),
              merge.flagOrNull("cleanWith"),
              merge.texts("files"),
              merge.textOrNull("notCompared")));
    }
    return new Check.Merges(merges);
  }

  private static Check.Review review(Fields review) throws JsonException {
    List<Check.Opinion> opinions = new ArrayList<>();
    for (Fields opinion : review.objects("opinions")) {
      List<Check.Said> said = new ArrayList<>();
      for (Fields answer : opinion.objects("said")) {
        said.add(new Check.Said(answer.flagOrNull("held"), answer.text("quote")));
      }
      opinions.add(
          new Check.Opinion(
              opinion.text("judge"), opinion.oneOf("vote", VOTES), opinion.text("why"), said));
    }
    return new Check.Review(
        review.text("alias"),
        review.flag("advisory"),
        review.amountOrNull("usd"),
        opinions,
        review.texts("addressed"));
  }

  private static Check.Command command(Fields command) throws JsonException {
    Integer exitCode =
        command.isNull("exitCode")
            ? null
            : Integer.valueOf(
                (int) command.whole("exitCode", Integer.MIN_VALUE, Integer.MAX_VALUE));
    return new Check.Command(
        exitCode,
        command.flag("timedOut"),
        command.text("outputTail"),
        command.isNull("tests") ? null : tests(command.object("tests")),
        number(command, "attempts"),
        command.flag("flaky"),
        command.isNull("frozenTests") ? null : frozenTests(command.object("frozenTests")));
  }

  private static Check.Tests tests(Fields tests) throws JsonException {
    return new Check.Tests(
        number(tests, "passed"), number(tests, "failed"), number(tests, "skipped"));
  }

  private static Check.FrozenTests frozenTests(Fields frozenTests) throws JsonException {
    return new Check.FrozenTests(
        frozenTests.texts("files"), command(frozenTests.object("command")));
  }

  private static int number(Fields fields, String member) throws JsonException {
    return (int) fields.whole(member, 0, Integer.MAX_VALUE);
  }
}
