package dev.optr.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.agents.Answer;
import dev.optr.agents.Exchange;
import dev.optr.agents.Proposal;
import dev.optr.agents.Usage;
import dev.optr.base.PrettyJson;
import dev.optr.datalake.Candidate;
import dev.optr.evidence.Check;
import dev.optr.evidence.Examined;
import dev.optr.evidence.JobRun;
import dev.optr.selection.Ranked;
import dev.optr.selection.Selection;
import dev.optr.testing.SampleRuns;
import dev.optr.testing.Samples;
import dev.optr.testing.Schemas;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PageTest {
  private static final AgentSpec CLAUDE = Samples.agent("claude", AgentType.ANTHROPIC_CLAUDE);

  @Test
  void beginsTheCommentWithItsMarkerAndTheSummaryWithout() {
    RunReport report = Reports.of(SampleRuns.selected());

    assertThat(PullRequestComment.render(report))
        .startsWith("<!-- optr:sticky v1 workflow=login-fix -->\n### OPTR selected `claude`");
    assertThat(Summary.render(report)).startsWith("### OPTR selected `claude`");
  }

  @Test
  void neverShowsOurCredentials() {
    String broken = Reports.KEY.substring(0, 9) + "\u200B" + Reports.KEY.substring(9);
    RunReport report = Reports.of(SampleRuns.selected(Reports.KEY, broken, "token " + Reports.KEY));

    assertThat(PullRequestComment.render(report)).contains("***").doesNotContain(Reports.KEY);
    assertThat(ConsoleReport.table(report)).contains("***").doesNotContain(Reports.KEY);
    assertThat(PrettyJson.text(RunJson.of(report, 0))).contains("***").doesNotContain(Reports.KEY);
  }

  @Test
  void doesNotRepeatTheWordsAroundAFoundCredential() {
    Proposal proposal = Samples.proposal("the key is AKIAEXAMPLE", "");
    Candidate candidate = Samples.proposed(CLAUDE, proposal, "renewed");
    Examined leaking =
        new Examined(
            candidate,
            List.of(Samples.broken("no-secrets", "a credential")),
            List.of(Samples.testsBroken("")));
    Selection selection = new Selection.NoneAdmissible(List.of(new Ranked(leaking, null, null)));

    assertThat(Summary.render(Reports.of(selection)))
        .contains("[not shown: a credential was found in it, or could not be ruled out]")
        .doesNotContain("AKIAEXAMPLE");
  }

  @Test
  void saysHowManyCharactersOfADiffAreNotShown() {
    RunReport report = Reports.of(SampleRuns.selected("s", "r", "a\u202Eb\u200Bc"));

    assertThat(PullRequestComment.render(report))
        .contains(
            "The selected path: <code>claude</code> (2 invisible or control characters are not shown)")
        .contains("\n+abc\n");
  }

  @Test
  void cutsALongDiffAndSaysWhereTheWholeIs() {
    RunReport report = Reports.of(SampleRuns.selected("s", "r", "line\n+".repeat(20_000)));

    assertThat(PullRequestComment.render(report))
        .contains(
            "\n[cut here; the whole is in"
                + " datalake/workflows/login-fix-pr-7/agent-outputs/claude.json]\n```\n")
        .contains("How it was decided")
        .contains("What the agent says of it");
    assertThat(Summary.render(report)).doesNotContain("[cut here");
  }

  @Test
  void namesUnknownPricesWhereverTheyCount() {
    String comment = PullRequestComment.render(Reports.of(SampleRuns.noneAdmissible()));

    assertThat(comment).contains("$0.18 and unknown prices").contains("| unknown |");
  }

  @Test
  void listsThreeReasonsAndCountsTheRest() {
    List<Check> checks =
        List.of(
            Samples.broken("a", "x"),
            Samples.broken("b", "x"),
            Samples.broken("c", "x"),
            Samples.broken("d", "x"));
    Candidate candidate = Samples.proposed(CLAUDE, Samples.proposal("s", "r"), "renewed");
    Selection selection =
        new Selection.NoneAdmissible(
            List.of(new Ranked(new Examined(candidate, checks, List.of()), null, null)));

    assertThat(PullRequestComment.render(Reports.of(selection)))
        .contains("| no: `a` broken, `b` broken, `c` broken, and 1 more |");
  }

  @Test
  void showsEveryAttemptOfAJobOnce() {
    Instant start = Samples.STARTED;
    Check.Job first =
        new Check.Job(
            "claude",
            null,
            1,
            true,
            JobRun.Conclusion.FAILURE,
            start,
            start.plusSeconds(75),
            "runner\n::error::x",
            "https://github.example/1",
            new JobRun.Whole(
                JobRun.Conclusion.FAILURE, start.minusSeconds(45), start.plusSeconds(80)));
    Check.Job again =
        new Check.Job(
            "claude", null, 2, false, JobRun.Conclusion.TIMED_OUT, null, null, "", null, null);
    Check.Job greenInRed =
        new Check.Job(
            "claude",
            null,
            3,
            false,
            JobRun.Conclusion.SUCCESS,
            start,
            start.plusSeconds(70),
            "",
            null,
            new JobRun.Whole(JobRun.Conclusion.CANCELLED, start, start.plusSeconds(90)));
    Check.Job greenInWhatNobodyTells =
        new Check.Job(
            "claude",
            null,
            4,
            false,
            JobRun.Conclusion.SUCCESS,
            start,
            start.plusSeconds(70),
            "",
            null,
            new JobRun.Whole(JobRun.Conclusion.UNKNOWN, start, null));
    Check check =
        new Check(
            "tests",
            Check.Result.BROKEN,
            List.of("its step failed in attempt 1"),
            75_000,
            new Check.Jobs(
                List.of(first, again, greenInRed, greenInWhatNobodyTells), false, List.of()),
            null,
            false);
    Candidate candidate = Samples.proposed(CLAUDE, Samples.proposal("s", "r"), "renewed");
    Ranked lane = new Ranked(new Examined(candidate, List.of(check), List.of()), null, null);
    Selection selection = new Selection.NoneAdmissible(List.of(lane, lane));

    assertThat(new HowDecided(Reports.of(selection)).text())
        .contains(
            """
            Jobs that verified it
            row     check  image  attempt  concluded  took        whole job              decides  runner             where to look
            claude  tests         1        failure    1 min 15 s  2 min 5 s              yes      runner ::error::x  https://github.example/1
            claude  tests         2        timed out                                     no
            claude  tests         3        success    1 min 10 s  1 min 30 s, cancelled  no
            claude  tests         4        success    1 min 10 s  unknown                no
            """);
    assertThat(new HowDecided(Reports.of(SampleRuns.selected())).text())
        .doesNotContain("Jobs that verified it");
  }

  @Test
  void marksALaneThatDidNotGetTheWholeInput() {
    Answer answer =
        new Answer.Declined(
            "too much",
            new Exchange(null, Usage.NONE, List.of(), Samples.STARTED, 1, true, List.of()));
    Selection selection = new Selection.NoneAdmissible(List.of(Samples.silent(CLAUDE, answer)));

    assertThat(PullRequestComment.render(Reports.of(selection)))
        .contains("| `claude` (clipped) | declined |");
  }

  @Test
  void printsAnUndecidedRunInTheSameShape() {
    Schemas.assertValid("run-result", PrettyJson.text(RunJson.undecided("superseded", 0)));
    assertThat(RunJson.undecided("failed", 3).members().keySet())
        .isEqualTo(RunJson.of(Reports.of(SampleRuns.selected()), 0).members().keySet());
  }
}
