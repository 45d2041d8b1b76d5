package dev.optr.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.testing.Golden;
import dev.optr.testing.SampleRuns;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RepliesTest {
  private final Replies replies =
      new Replies("login-fix", new Redactor(List.of(Secret.of(Reports.KEY))));

  @Test
  void everyReplyBeginsWithTheMarker() {
    assertThat(
            List.of(
                replies.help(),
                replies.refused("/optr execute", "x"),
                replies.done("/optr run", List.of()),
                replies.explained("x")))
        .allMatch(
            reply -> reply.startsWith("<!-- optr:reply v1 workflow=login-fix -->\n### OPTR "));
  }

  @Test
  void saysWhatTheCommandsAre() {
    Golden.assertEquals("reply-help.md", replies.help());
  }

  @Test
  void saysWhyACommandWasRefused() {
    Golden.assertEquals(
        "reply-refused.md",
        replies.refused(
            "/optr execute codex",
            "candidate 'codex' was not selected; only 'claude' can be executed"));
  }

  @Test
  void saysWhatWasDone() {
    Golden.assertEquals(
        "reply-done.md",
        replies.done(
            "/optr execute",
            List.of(
                new Replies.Fact.Named("agent", "claude"),
                new Replies.Fact.Page(
                    "executed commit", "https://github.com/octo/repo/commit/73f80633"))));
  }

  @Test
  void explainsADecision() {
    Golden.assertEquals(
        "reply-explain.md", replies.explained(Explanation.text(Reports.of(SampleRuns.selected()))));
  }

  @Test
  void neverShowsACredential() {
    assertThat(
            List.of(
                replies.refused(Reports.KEY, Reports.KEY),
                replies.explained(Reports.KEY),
                replies.done(
                    "x",
                    List.of(
                        new Replies.Fact.Named("a", Reports.KEY),
                        new Replies.Fact.Page("b", "https://x/" + Reports.KEY)))))
        .noneMatch(reply -> reply.contains(Reports.KEY));
  }

  @Test
  void fitsIntoAComment() {
    for (String piece : List.of("x", "`", "é\n", "<!-- optr:reply")) {
      String text = piece.repeat(100_000);
      assertThat(replies.refused(text, text).length()).isLessThan(60_000);
      assertThat(replies.explained(text).length()).isLessThan(60_000);
    }
  }

  @Test
  void reportsACheckOfAtMostSixtyThousandUnits() {
    CheckReport check =
        CheckReport.render(Reports.of(SampleRuns.manyLanes("All work and no play. ".repeat(400))));

    assertThat(check.title()).startsWith("OPTR selected aaaaa").doesNotContain("\n", "`");
    assertThat(check.summary().length()).isBetween(50_000, 60_000);
    assertThat(check.summary()).startsWith("### OPTR selected").contains("[the datalake](https:");
  }
}
