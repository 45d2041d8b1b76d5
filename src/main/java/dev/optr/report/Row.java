package dev.optr.report;

import dev.optr.agents.Answer;
import dev.optr.agents.FailureCode;
import dev.optr.agents.Usage;
import dev.optr.datalake.Candidate;
import dev.optr.evidence.Check;
import dev.optr.evidence.Examined;
import dev.optr.evidence.HeadExamined;
import dev.optr.git.TreeDiff;
import dev.optr.selection.Ranked;
import dev.optr.selection.Score;
import dev.optr.workflow.AgentType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One lane in the table, from typed fields alone: no text that an agent wrote.
 *
 * @param mark {@code *} for the selected path, the rank of another admissible one, else {@code -}
 * @param outcome how the lane ended; empty for the frozen commit
 * @param remarks what else is to be known of the row; empty where nothing is
 * @param reasons why it is not admissible
 */
record Row(
    String mark,
    String agent,
    String outcome,
    String remarks,
    String admissible,
    String expectation,
    String objective,
    String risk,
    String cost,
    String change,
    String checks,
    List<Reason> reasons) {

  Row {
    reasons = List.copyOf(reasons);
  }

  /** Every lane in the selection's order, then the frozen commit. */
  static List<Row> all(RunReport report) {
    List<Row> rows = new ArrayList<>();
    for (Ranked ranked : report.selection().candidates()) {
      rows.add(lane(ranked, report.best().filter(best -> isSame(best, ranked)).isPresent()));
    }
    rows.add(head(report.head()));
    return rows;
  }

  private static Row lane(Ranked ranked, boolean selected) {
    Examined examined = ranked.examined();
    Candidate candidate = examined.candidate();
    Score score = ranked.score();
    boolean proposed = candidate.answer() instanceof Answer.Proposed;
    return new Row(
        mark(ranked, selected),
        candidate.agent(),
        outcome(candidate),
        remarks(candidate),
        proposed ? yesOrNo(examined.admissible()) : "",
        score == null ? "" : Quantities.expectation(score.expectedTtvSeconds()),
        score == null ? "" : Quantities.hours(score.objective()),
        examined.facts().map(facts -> Integer.toString(facts.risk().score())).orElse(""),
        cost(candidate.answer()),
        change(candidate.diff()),
        checks(examined.checks()),
        proposed ? Reason.of(examined.whyNot(), examined.checks()) : List.of());
  }

  private static Row head(HeadExamined head) {
    return new Row(
        "",
        "head",
        "",
        "your own commit",
        yesOrNo(head.admissible()),
        "",
        "",
        "",
        "",
        "",
        checks(head.checks()),
        Reason.ofHead(head.whyNot(), head.checks()));
  }

  private static boolean isSame(Ranked one, Ranked other) {
    return one.examined().candidate().agent().equals(other.examined().candidate().agent());
  }

  private static String mark(Ranked ranked, boolean selected) {
    if (selected) {
      return "*";
    }
    return ranked.rank() == null ? "-" : Integer.toString(ranked.rank());
  }

  private static String outcome(Candidate candidate) {
    Answer answer = candidate.answer();
    return answer instanceof Answer.Failed(FailureCode code, _, _)
        ? "failed: " + code
        : answer.outcome().replace('_', ' ');
  }

  private static String remarks(Candidate candidate) {
    List<String> remarks = new ArrayList<>();
    if (candidate.answer().exchange().clipped()) {
      remarks.add("clipped");
    }
    if (hasOwnContext(candidate)) {
      remarks.add("own context");
    }
    return String.join(", ", remarks);
  }

  /** Copilot's cloud agent reads the repository by itself: it did not get the same frozen input. */
  private static boolean hasOwnContext(Candidate candidate) {
    return candidate.answer() instanceof Answer.Proposed
        && candidate.lane().type() == AgentType.GITHUB_COPILOT
        && !"cli".equals(candidate.lane().backend());
  }

  private static String cost(Answer answer) {
    Usage usage = answer.exchange().usage();
    return answer instanceof Answer.NotAsked ? "" : Quantities.usd(usage.usd());
  }

  static String change(@Nullable TreeDiff diff) {
    return diff == null
        ? ""
        : "+%d -%d, %s"
            .formatted(diff.additions(), diff.deletions(), Quantities.files(diff.files().size()));
  }

  private static String checks(List<Check> checks) {
    long held = checks.stream().filter(Check::held).count();
    return checks.isEmpty() ? "" : held + "/" + checks.size();
  }

  private static String yesOrNo(boolean admissible) {
    return admissible ? "yes" : "no";
  }
}
