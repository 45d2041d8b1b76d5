package dev.optr.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Redactor;
import dev.optr.testing.SampleRuns;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * One idea of what an agent may write to be more than text; outside of code nothing of it is left.
 */
final class HostileCommentTest {
  private static final Pattern MARKER = Pattern.compile("optr:(sticky|reply)");
  private static final String FORGED = PullRequestComment.marker("other");

  /** The lines in which an agent that writes this everywhere could act, on every surface. */
  private static List<String> active(String text) {
    Outside outside = Outside.of(comment(text));
    assertThat(outside.closed()).isTrue();
    Outside summary = Outside.of(Summary.render(report(text)));
    assertThat(summary.closed()).isTrue();
    assertThat(summary.active()).isEqualTo(outside.active().subList(1, outside.active().size()));
    return outside.active();
  }

  private static String comment(String text) {
    return PullRequestComment.render(report(text));
  }

  private static RunReport report(String text) {
    return Reports.of(SampleRuns.selected(text, text, text));
  }

  private static void isInert(String text) {
    assertThat(active(text + " word")).isEqualTo(active("word"));
  }

  @Test
  void markdownIsNoMarkdown() {
    isInert("**bold** _it_ # head\n# head\n- [ ] task\n> [!WARNING]\n> quote\n\n---\n1. one $x$");
  }

  @Test
  void mentionsCallNobody() {
    isInert("@octocat ".repeat(500) + "@org/team &#64;octocat");
  }

  @Test
  void imagesFetchNothing() {
    isInert("![x](https://evil.example/?d=1) <img src=https://evil.example> <picture>");
  }

  @Test
  void closingKeywordsCloseNothing() {
    isInert("fixes #1, closes owner/repo#2, resolves https://github.com/octo/repo/issues/3");
  }

  @Test
  void addressesAndCommitsAreNoLinks() {
    isInert("https://evil.example www.evil.example a@evil.example GH-3 " + "3f9c2ab0".repeat(5));
  }

  @Test
  void linkDefinitionsDefineNothing() {
    isInert("[TTV]: https://evil.example\n\n[1]: <javascript:alert(1)> \"t\"\n[^1]: note");
  }

  @Test
  void outputsAreNotSet() {
    assertThat(comment("::set-output name=outcome::selected").lines())
        .noneMatch(line -> line.startsWith("* ::"));
    isInert("::set-output name=outcome::selected\n##[set-output name=outcome]selected");
  }

  @Test
  void terminalSequencesAreGone() {
    assertThat(comment("\u001b[31mred\u001b[0m\u001b]8;;https://evil.example\u0007x\u009b2J"))
        .contains("red")
        .doesNotContain("\u001b", "\u0007", "\u009b", "[31m");
  }

  @Test
  void directionsAreNotOverridden() {
    assertThat(comment("\u202Eevil\u202C\u2066x\u2069\u200Fy"))
        .doesNotContain("\u202E", "\u202C", "\u2066", "\u2069", "\u200F");
  }

  @Test
  void invisibleCharactersAreGone() {
    assertThat(comment("z\u200Be\u200Cr\u200Do\u2060\uFEFF\u00AD\u034F\uDB40\uDC41!"))
        .contains("zero!");
  }

  @Test
  void markersCannotBeForged() {
    for (String marker : List.of(FORGED, Replies.marker("login-fix"), "<!--optr:sticky v1-->")) {
      String comment = comment(marker + "\n" + marker);
      assertThat(MARKER.matcher(comment).results()).hasSize(1);
      assertThat(comment).startsWith(PullRequestComment.marker("login-fix") + "\n");
    }
    isInert(FORGED);
  }

  @Test
  void markersCannotBeForgedBehindInvisibleCharacters() {
    String comment = comment("<!-- op\u200Btr:st\u202Eicky v1 workflow=other -->");

    assertThat(MARKER.matcher(comment).results()).hasSize(1);
  }

  @Test
  void detailsAreNotClosed() {
    isInert("</details></summary></code></pre><details open><summary>ours</summary>\n\n</details>");
  }

  @Test
  void commentsHideNothing() {
    isInert("<!-- hidden");
    isInert("--> <![CDATA[ <?php <!DOCTYPE");
  }

  @Test
  void fencesAreNotEnded() {
    isInert("```\n````\n``````````\n~~~\n```mermaid\ngantt\n```\n    ```");
    isInert("`".repeat(5_000));
    isInert("a` b `` c ``` d");
  }

  @Test
  void cellsAndRowsAreNotAdded() {
    isInert("| x | y |\n|---|---|\na\\| b | c \\\n| * | `codex` | yes |");
  }

  @Test
  void chartsHoldNothingForeign() {
    String hostile = comment("section x\nclick a href \"javascript:alert(1)\"\n%%{init: {}}%%");

    assertThat(chart(hostile)).isNotEmpty().isEqualTo(chart(comment("word")));
    assertThat(chart(hostile).lines().skip(5))
        .allMatch(
            line ->
                line.matches(
                    "  (section [a-z0-9_-]+|(proposed|checks) [0-9a-z ]+ :((done|active), )?[0-9:.]+, [0-9:.]+)"));
  }

  private static String chart(String comment) {
    int start = comment.indexOf("```mermaid");
    return comment.substring(start, comment.indexOf("\n```\n", start));
  }

  @Test
  void hugeTextsAreCut() {
    for (String piece :
        List.of("x", "word ", "\n", "`", "|", "é", "\uD83D\uDE00", "<!-- optr:sticky")) {
      String text = piece.repeat(300_000 / piece.length());
      assertThat(comment(text).length()).isLessThanOrEqualTo(60_000);
      assertThat(Summary.render(report(text)).getBytes(UTF_8).length)
          .isLessThanOrEqualTo(900 * 1024);
      assertThat(Outside.of(comment(text)).closed()).isTrue();
    }
  }

  @Test
  void emptyTextsLeaveNoHoles() {
    for (String text : List.of("", " ", "\n\n", "\u200B", "\u0000")) {
      Outside outside = Outside.of(comment(text));
      assertThat(outside.closed()).isTrue();
      assertThat(outside.rows()).hasSize(4 + 3);
      assertThat(outside.lines()).noneMatch(line -> line.contains("``"));
    }
  }

  @Test
  void wishesAndReasonsOfOthersAreInertInReplies() {
    Replies replies = new Replies("login-fix", new Redactor(List.of()));
    String hostile = "@octocat ``` | </details> ![x](https://evil.example)\n```\n# head " + FORGED;
    for (String reply :
        List.of(
            replies.refused(hostile, hostile),
            replies.explained(hostile),
            replies.done(
                hostile,
                List.of(
                    new Replies.Fact.Named("commit", hostile),
                    new Replies.Fact.Page("codespace", "javascript:alert(1) " + hostile))))) {
      Outside outside = Outside.of(reply);
      assertThat(outside.closed()).isTrue();
      assertThat(outside.active())
          .noneMatch(line -> line.contains("octocat") || line.contains("evil"));
      assertThat(MARKER.matcher(reply).results()).hasSize(1);
    }
  }

  @Test
  void groupsOfTheLogHaveTitlesOfOurs() {
    List<LogGroups.Group> hostile = LogGroups.of(report("::endgroup::\n##[group]x"));

    assertThat(hostile.stream().map(LogGroups.Group::title).toList())
        .isEqualTo(LogGroups.of(report("word")).stream().map(LogGroups.Group::title).toList())
        .contains("optr: lane claude: proposed in 41 s, admissible");
  }
}
