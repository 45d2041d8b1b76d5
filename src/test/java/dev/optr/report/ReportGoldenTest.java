package dev.optr.report;

import dev.optr.base.PrettyJson;
import dev.optr.selection.Selection;
import dev.optr.testing.Golden;
import dev.optr.testing.SampleRuns;
import dev.optr.testing.Samples;
import dev.optr.testing.Schemas;
import org.junit.jupiter.api.Test;

/** Golden files are written anew with {@code -Dgolden.update=true}. */
final class ReportGoldenTest {
  @Test
  void showsASelectedPath() {
    assertGolden("selected", Reports.withGreenHead(SampleRuns.selected()), 0);
  }

  @Test
  void showsASelectedPathBesideACommitThatIsNotAdmissible() {
    assertGolden("selected-head-red", SampleRuns.selected(), 0);
  }

  @Test
  void saysThatNoPathIsAdmissible() {
    assertGolden("none-admissible", SampleRuns.noneAdmissible(), 1);
  }

  @Test
  void saysThatTheQuorumWasMissed() {
    assertGolden("quorum-missed", SampleRuns.quorumMissed(), 3);
  }

  @Test
  void saysThatAnAgentDeclined() {
    assertGolden("one-declined", SampleRuns.oneDeclined(), 0);
  }

  @Test
  void saysThatAllAgentsDeclined() {
    assertGolden("all-declined", SampleRuns.allDeclined(), 1);
  }

  @Test
  void saysWhatToSetWhereAllLanesAreUnavailable() {
    assertGolden("all-unavailable", SampleRuns.allUnavailable(), 3);
  }

  @Test
  void showsTwoAgentsOnOneTree() {
    assertGolden("one-tree", SampleRuns.oneTree(), 0);
  }

  @Test
  void saysThatThePathWasExecuted() {
    Standing executed = new Standing.Executed(Samples.objectId("executed"), "9c2fe1d0".repeat(8));
    assertGolden("executed", Reports.withGreenHead(SampleRuns.selected()).with(executed), 0);
  }

  @Test
  void saysThatSomebodyPushedMeanwhile() {
    assertGolden(
        "superseded", Reports.of(SampleRuns.selected()).with(new Standing.Superseded()), 0);
  }

  @Test
  void saysThatTheBranchCouldNotBeMoved() {
    Standing refused =
        new Standing.NotMoved("GH006: Protected branch update failed for refs/heads/`main`");
    assertGolden("not-moved", Reports.of(SampleRuns.oneTree()).with(refused), 3);
  }

  @Test
  void showsHostileTextsAsInertText() {
    assertGolden(
        "hostile", SampleRuns.selected(HostileTexts.ALL, HostileTexts.ALL, HostileTexts.ALL), 0);
  }

  @Test
  void cutsWhatIsTooMuch() {
    String summary = "All work and no play. ".repeat(400);
    RunReport report = Reports.of(SampleRuns.manyLanes(summary));
    Golden.assertEquals("huge.md", PullRequestComment.render(report));
  }

  @Test
  void examinesTheCommitAloneWhereNoAgentMayBeAsked() {
    RunReport report = Reports.headAlone(Mode.REPORT_ONLY);
    Golden.assertEquals("report-only.md", Summary.render(report));
    Golden.assertEquals("report-only.txt", ConsoleReport.table(report));
  }

  @Test
  void examinesTheCommitAloneWhereThePushAsksNobody() {
    RunReport report = Reports.headAlone(Mode.FULL);
    Golden.assertEquals("head-alone.md", HeadComment.render(report, HeadComment.Unasked.TRIGGER));
  }

  private static void assertGolden(String name, Selection selection, int exit) {
    assertGolden(name, Reports.of(selection), exit);
  }

  private static void assertGolden(String name, RunReport report, int exit) {
    Golden.assertEquals(name + ".md", PullRequestComment.render(report));
    Golden.assertEquals(name + ".txt", ConsoleReport.table(report));
    String json = PrettyJson.text(RunJson.of(report, exit));
    Golden.assertEquals(name + ".json", json);
    Schemas.assertValid("run-result", json);
  }
}
