package dev.optr.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.selection.Selection;
import dev.optr.testing.SampleRuns;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever agents write, every surface stays ours. */
final class HostileTextsTest {
  // Stands in every agent text, and nowhere in ours.
  private static final String TOKEN = "zqxj";
  private static final String HEAD =
      "|   | agent | admissible | E[TTV] | cost | checks | risk | change |";

  private static final Selection HARMLESS = SampleRuns.selected();

  @Property(tries = 300)
  void keepsTheCommentIntact(
      @ForAll("texts") String summary,
      @ForAll("texts") String rationale,
      @ForAll("texts") String content) {
    // What a change holds may count as risk, and so rightly moves numbers of the table.
    assertIntact(
        SampleRuns.selected(summary, rationale, content),
        SampleRuns.selected("word", "word", content),
        4);
  }

  @Example
  void keepsTheCommentIntactWhateverTheLengthOfATextIs() {
    for (String text : List.of("x", "`", "\n", "\n```\n", "é", "\uD83D\uDE00", "</details>\n")) {
      String longText = TOKEN + text.repeat(70_000 / text.length());
      assertIntact(SampleRuns.selected(longText, longText, longText), HARMLESS, 4);
    }
  }

  @Example
  void showsEveryLaneOfTheLargestWorkflow() {
    String comment =
        PullRequestComment.render(Reports.of(SampleRuns.manyLanes(TOKEN + "y ".repeat(5_000))));

    Outside outside = Outside.of(comment);
    assertThat(outside.closed()).isTrue();
    assertThat(outside.active()).noneMatch(line -> line.contains(TOKEN));
    assertThat(outside.rows()).hasSize(64 + 3);
    assertThat(comment.length()).isBetween(55_000, 60_000);
    assertThat(comment).contains("Some details do not fit here: they are in [the datalake](https:");
  }

  @Property(tries = 300)
  void keepsTheTerminalInert(@ForAll("texts") String summary, @ForAll("texts") String rationale) {
    String console =
        ConsoleReport.table(Reports.of(SampleRuns.selected(summary, rationale, summary)));

    assertThat(console.codePoints().filter(point -> point != '\n'))
        .noneMatch(Character::isISOControl)
        .noneMatch(point -> Character.getType(point) == Character.FORMAT);
    assertThat(console).doesNotContain("##[");
    assertThat(console.lines().map(String::strip)).noneMatch(line -> line.startsWith("::"));
    assertThat(console.lines().filter(line -> line.contains(TOKEN)))
        .allMatch(line -> line.startsWith("  copilot: ") || line.startsWith("  mscopilot: "));
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> fragments =
        Arbitraries.of(
            "`",
            "```",
            "~~~",
            "|",
            "\\",
            "\n",
            "\r\n",
            "\r",
            "\t",
            " ",
            "    ",
            "<!--",
            "-->",
            "</details>",
            "<details>",
            "<summary>",
            "@octocat",
            "#1",
            "fixes #1",
            "[a](b)",
            "![a](https://evil.example)",
            "https://evil.example",
            "*",
            "_",
            "> ",
            "# ",
            "- ",
            "::error::",
            "##[error]",
            "\u001b[31m",
            "\u202e",
            "\u200b",
            "\u2028",
            "\u0085",
            "\u0007",
            "\uFEFF",
            "\uD83D\uDE00",
            "\uD800",
            "\uDC00",
            HEAD,
            "word");
    Arbitrary<String> anything = Arbitraries.strings().ofMaxLength(20);
    return Arbitraries.oneOf(fragments, anything)
        .list()
        .ofMaxSize(40)
        .map(parts -> TOKEN + String.join("", parts) + TOKEN);
  }

  private static void assertIntact(Selection hostile, Selection harmless, int lanes) {
    String comment = PullRequestComment.render(Reports.of(hostile));
    String summary = Summary.render(Reports.of(hostile));

    assertThat(comment.length()).isLessThanOrEqualTo(60_000);
    assertThat(summary.getBytes(UTF_8).length).isLessThanOrEqualTo(900 * 1024);
    assertIntact(comment, PullRequestComment.render(Reports.of(harmless)), lanes);
    assertIntact(summary, Summary.render(Reports.of(harmless)), lanes);
  }

  /** Outside of fences and code spans, hostile and harmless agents leave the very same page. */
  private static void assertIntact(String hostile, String harmless, int lanes) {
    Outside outside = Outside.of(hostile);
    assertThat(outside.closed()).isTrue();
    assertThat(outside.active()).noneMatch(line -> line.contains(TOKEN));
    assertThat(outside.active().stream().map(HostileTextsTest::withoutRemark).toList())
        .isEqualTo(
            Outside.of(harmless).active().stream().map(HostileTextsTest::withoutRemark).toList());
    assertThat(outside.count(HEAD)).isOne();
    assertThat(outside.rows()).hasSize(lanes + 3);
    assertThat(outside.rows()).allMatch(row -> row.chars().filter(c -> c == '|').count() == 9);
  }

  private static String withoutRemark(String line) {
    return line.replaceFirst(" \\(\\d+ invisible or control characters are not shown\\)", "");
  }
}
