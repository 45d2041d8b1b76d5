package dev.optr.report;

import dev.optr.base.PrettyJson;
import dev.optr.selection.Selection;
import dev.optr.testing.Golden;
import dev.optr.testing.SampleRuns;
import dev.optr.testing.Schemas;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Golden files are written anew with {@code -Dgolden.update=true}. */
final class ReportGoldenTest {
  @Test
  void showsASelectedPath() {
    assertGolden("selected", SampleRuns.selected(), 0);
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
  void saysWhatToSetWhereAllLanesAreUnavailable() {
    assertGolden("all-unavailable", SampleRuns.allUnavailable(), 3);
  }

  @Test
  void showsTwoAgentsOnOneTree() {
    assertGolden("one-tree", SampleRuns.oneTree(), 0);
  }

  @Test
  void showsHostileTextsAsInertText() {
    assertGolden(
        "hostile", SampleRuns.selected(HostileTexts.ALL, HostileTexts.ALL, HostileTexts.ALL), 0);
  }

  @Test
  void cutsALongSummary() {
    String summary = "All work and no play. ".repeat(3_200);
    assertGolden("long-summary", SampleRuns.selected(summary, "", "renewed"), 0);
  }

  @Test
  void examinesTheCommitAloneWhereNoAgentMayBeAsked() {
    RunReport report = Reports.of(new Selection.NoneAdmissible(List.of()), Mode.REPORT_ONLY);
    Golden.assertEquals("report-only.md", Summary.render(report));
    Golden.assertEquals("report-only.txt", ConsoleReport.table(report));
  }

  private static void assertGolden(String name, Selection selection, int exit) {
    RunReport report = Reports.of(selection);
    Golden.assertEquals(name + ".md", PullRequestComment.render(report));
    Golden.assertEquals(name + ".txt", ConsoleReport.table(report));
    String json = PrettyJson.text(RunJson.of(report, exit));
    Golden.assertEquals(name + ".json", json);
    Schemas.assertValid("run-result", json);
  }
}
